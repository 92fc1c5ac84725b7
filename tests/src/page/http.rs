//! HTTP by the stage's hands.

use super::{ask, have_it_do, url};
use crate::words::{Deed, Given, Wish};

/// The body of a page.
#[expect(clippy::unused_async, reason = "elsewhere there is something to wait for")]
pub async fn get(origin: &str, path: &str) -> String {
    ask(&Wish::Get(origin.into(), path.into())).text
}

/// A server that gives every request the same answer; it ends when it is dropped.
#[derive(Debug)]
pub struct Stranger(Given);

impl Stranger {
    /// Says `body` with that status line and type of content to all.
    #[expect(clippy::unused_async, reason = "elsewhere there is something to wait for")]
    pub async fn start(status: &str, kind: &str, body: &str) -> Self {
        Self(ask(&Wish::Stranger(status.into(), kind.into(), body.into())))
    }

    /// Where clients find it.
    pub fn url(&self) -> String {
        url(self.0.port)
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        have_it_do(self.0.id, Deed::End);
    }
}
