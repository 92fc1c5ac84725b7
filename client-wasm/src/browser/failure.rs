//! What can go wrong with a request, in words for the person who has to mend it.
//!
//! A browser tells a page next to nothing, lest it learn about other sites. So these words say what to look at.

use std::{fmt::Write, time::Duration};

use bytestring::ByteString;
use sockeye_core::{IoError, IoErrorKind};

/// Why a request brought no answer.
pub(crate) enum Failure {
    /// The server answered, with something else than success.
    Refused {
        /// HTTP status.
        status: u16,
        /// The start of the body.
        body: ByteString,
        /// How long the server asks to wait (F034).
        retry_after: Option<Duration>,
    },
    /// There was no answer, or none that can be read.
    Broken(IoError),
}

impl From<IoError> for Failure {
    fn from(error: IoError) -> Self {
        Self::Broken(error)
    }
}

pub(crate) fn broken(kind: IoErrorKind, message: impl Into<String>) -> IoError {
    IoError { kind, message: message.into() }
}

/// A request that came to nothing. The URL is not repeated, as the session's id is in it (F122).
pub(crate) fn no_answer(server: &str, page: Option<&str>, credentials: bool) -> IoError {
    let mut message = format!(
        "the request failed, and a browser does not tell a page why: check that {server} is spelled right, runs and can \
         be reached from this computer"
    );
    if let Some(page) = page.filter(|page| *page != server) {
        let credentials = if credentials { ", credentials: true" } else { "" };
        let _ = write!(
            message,
            "; that it allows this page's origin by CORS (`cors: {{ origin: \"{page}\"{credentials} }}` in socket.io)"
        );
        if page.starts_with("https:") && server.starts_with("http:") {
            message += "; that it speaks https, as a page that came by https may not use http";
        }
        message += "; that the page's Content-Security-Policy names it in connect-src";
    }
    message += ". The browser's console has the reason.";
    broken(IoErrorKind::Connect, message)
}

/// A WebSocket that never opened.
pub(crate) fn not_opened(server: &str) -> IoError {
    broken(
        IoErrorKind::Connect,
        format!(
            "the WebSocket did not open, and a browser does not tell a page why: check that {server} runs and can be \
             reached, that proxies on the way let WebSockets through, and that the page's Content-Security-Policy names it \
             in connect-src. The browser's console has the reason."
        ),
    )
}
