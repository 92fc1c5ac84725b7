//! A network that can be spoilt, on the stage.

use std::time::Duration;

use super::{ask, have_it_do, url};
use crate::words::{Deed, Door, Ending, Given, Wish};

/// A proxy to one port; it ends when it is dropped, with all its connections.
#[derive(Debug)]
pub struct Proxy(Given);

impl Proxy {
    /// Listens on a free port, in front of `upstream`.
    pub fn start(upstream: u16) -> Self {
        Self(ask(&Wish::Proxy(upstream)))
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.0.port
    }

    /// Where clients find it.
    pub fn url(&self) -> String {
        url(self.0.port)
    }

    /// Resets every connection and refuses new ones; returns when it does.
    #[expect(clippy::unused_async, reason = "elsewhere there is something to wait for")]
    pub async fn down(&self) {
        self.set(Deed::Down);
    }

    /// Takes connections again.
    #[expect(clippy::unused_async, reason = "elsewhere there is something to wait for")]
    pub async fn up(&self) {
        self.set(Deed::Up);
    }

    /// Whether bytes disappear: connections stand and are accepted, and nothing moves.
    pub fn black_hole(&self, on: bool) {
        self.set(Deed::BlackHole(on));
    }

    /// How a `WebSocket` is received from now on.
    pub fn door(&self, door: Door) {
        self.set(Deed::Door(door));
    }

    /// How long every piece is held.
    pub fn delay(&self, delay: Duration) {
        self.set(Deed::Delay(delay));
    }

    /// Passes at most so many bytes at once, each piece a packet of its own.
    pub fn slice(&self, bytes: Option<usize>) {
        self.set(Deed::Slice(bytes));
    }

    /// Passes so many bytes per second in each direction of each connection.
    pub fn bandwidth(&self, bytes_per_second: Option<u32>) {
        self.set(Deed::Bandwidth(bytes_per_second));
    }

    /// Ends every connection that stands; new ones are taken.
    pub fn end(&self, ending: Ending) {
        self.set(Deed::EndAll(ending));
    }

    /// Does `ending` to the connection on which the server next says `marker`, in the midst of it.
    pub fn when_server_says(&self, marker: &str, ending: Ending) {
        self.set(Deed::Trap(marker.into(), ending));
    }

    fn set(&self, deed: Deed) {
        have_it_do(self.0.id, deed);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.set(Deed::End);
    }
}
