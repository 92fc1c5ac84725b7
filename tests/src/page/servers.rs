//! The servers of the stage.

use std::sync::OnceLock;

use super::{ask, have_it_do, url};
use crate::words::{Deed, Given, Options, Which, Wish};

impl Which {
    /// The port of the server that all stories share, for a proxy of the story's own. The first that asks has it started.
    pub fn shared_port(self) -> u16 {
        static SHARED: [OnceLock<u16>; 4] = [const { OnceLock::new() }; 4];
        *SHARED[self as usize].get_or_init(|| ask(&Wish::Shared(self)).port)
    }

    /// Where the server that all stories share is found.
    pub fn shared(self) -> String {
        url(self.shared_port())
    }
}

/// A server of one story, that can be killed and started again on its port.
#[derive(Debug)]
pub struct Server(Given);

impl Server {
    /// Starts it on a free port.
    #[expect(clippy::unused_async, reason = "elsewhere there is something to wait for")]
    pub async fn start(which: Which, options: Options) -> Self {
        Self(ask(&Wish::Server(which, options)))
    }

    /// Where clients find it.
    pub fn url(&self) -> String {
        url(self.0.port)
    }

    /// Its port, for a proxy of the story's own.
    pub fn port(&self) -> u16 {
        self.0.port
    }

    /// Ends it without a word to anybody; its port refuses connections afterwards.
    #[expect(clippy::unused_async, reason = "elsewhere there is something to wait for")]
    pub async fn kill(&mut self) {
        have_it_do(self.0.id, Deed::Kill);
    }

    /// Starts it again, on the same port and with no memory of its sessions.
    #[expect(clippy::unused_async, reason = "elsewhere there is something to wait for")]
    pub async fn restart(&mut self) {
        have_it_do(self.0.id, Deed::Restart);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        have_it_do(self.0.id, Deed::End);
    }
}
