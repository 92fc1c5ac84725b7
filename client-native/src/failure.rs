//! What can go wrong with a request, and how the libraries' errors become the machine's.

use std::{error::Error, io, time::Duration};

use bytestring::ByteString;
use sockeye_core::{IoError, IoErrorKind};

use crate::dns::Unresolved;

/// Why a request brought no answer, or a WebSocket did not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server answered, with something else than success.
    Refused(Refusal),
    /// There was no answer, or none that can be read.
    Broken(IoError),
}

/// An answer that is not success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// HTTP status.
    pub(crate) status: u16,
    /// The start of the body; what is not UTF-8 in it is replaced.
    pub(crate) body: ByteString,
    /// How long the server asks to wait (F034).
    pub(crate) retry_after: Option<Duration>,
}

impl From<IoError> for Failure {
    fn from(error: IoError) -> Self {
        Self::Broken(error)
    }
}

/// An error in words of our own.
pub(crate) fn broken(kind: IoErrorKind, message: impl Into<String>) -> IoError {
    IoError { kind, message: message.into() }
}

/// An error of a library: classified by what is deepest in its chain of causes, told in its own words.
/// None of the libraries here puts a header or a cookie into these words, and reqwest's URL is taken out
/// before (F122).
pub(crate) fn from_library(error: &(dyn Error + 'static)) -> IoError {
    IoError { kind: classify(error), message: in_words(error) }
}

/// The same for what went wrong on the way to the server when a proxy stands between: only TLS is the
/// server's own then, and only when it is TLS that came back (F125).
pub(crate) fn through_proxy(error: IoError, cause: &(dyn Error + 'static)) -> IoError {
    let garbled =
        find::<rustls::Error>(cause).is_some_and(|tls| matches!(tls, rustls::Error::InvalidMessage(_)));
    match error.kind {
        IoErrorKind::Tls if !garbled => error,
        IoErrorKind::Timeout | IoErrorKind::TooLarge => error,
        _ => IoError { kind: IoErrorKind::Proxy, ..error },
    }
}

fn classify(error: &(dyn Error + 'static)) -> IoErrorKind {
    if find::<rustls::Error>(error).is_some() {
        return IoErrorKind::Tls;
    }
    if find::<Unresolved>(error).is_some() {
        return IoErrorKind::Dns;
    }
    if let Some(hyper) = find::<hyper::Error>(error) {
        if hyper.is_parse() {
            // hyper has a method for this, but only in servers; a test holds these words.
            let too_large = hyper.to_string().contains("too large");
            return if too_large { IoErrorKind::TooLarge } else { IoErrorKind::Protocol };
        }
        if hyper.is_incomplete_message() || hyper.is_canceled() || hyper.is_closed() {
            return IoErrorKind::Connect;
        }
    }
    let request = error.downcast_ref::<reqwest::Error>();
    if request.is_some_and(reqwest::Error::is_timeout) {
        return IoErrorKind::Timeout;
    }
    match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::TimedOut) => return IoErrorKind::Timeout,
        // What decoders say of bytes that are none of theirs.
        Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) => return IoErrorKind::Protocol,
        None | Some(io::ErrorKind::Other) => (),
        Some(_) => return IoErrorKind::Connect,
    }
    // Only now: a body that ends too soon counts as one that cannot be decoded, for reqwest.
    if request.is_some_and(reqwest::Error::is_decode) {
        return IoErrorKind::Protocol;
    }
    if request.is_some_and(reqwest::Error::is_connect) {
        return IoErrorKind::Connect;
    }
    IoErrorKind::Other
}

/// The deepest error of this type in the chain of causes.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    causes(error).filter_map(|cause| cause.downcast_ref::<E>()).last()
}

/// The error, its cause, the cause's cause; an `io::Error` hides what it wraps, so it is opened.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause| {
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        match wrapped {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => cause.source(),
        }
    })
    .take(16)
}

/// The chain in words, from the outside in; what an outer error repeats of its cause is said once.
fn in_words(error: &(dyn Error + 'static)) -> String {
    let mut words = String::new();
    for cause in causes(error) {
        let said = cause.to_string();
        if !words.contains(&said) {
            if !words.is_empty() {
                words.push_str(": ");
            }
            words.push_str(&said);
        }
    }
    words
}
