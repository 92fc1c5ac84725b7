//! The host keeps what waits; here an event leaves at once, or is refused.
#![expect(clippy::unused_self, reason = "where something waits, these have something to do")]

use super::{Client, wishes::at};
use crate::{
    output::SocketKey,
    socket::{Own, Refused, Socket},
    time::Instant,
    wire::{Frame, Wire},
};

/// Nothing waits.
pub(super) struct Sending;

impl Sending {
    pub(super) fn new() -> Self {
        Self
    }

    fn deadline(&self) -> Instant {
        Instant::NEVER
    }
}

impl<W: Wire> Client<W> {
    /// A new namespace. The host knows its name, and names none twice; it is not connected by this.
    pub fn socket(&mut self) -> SocketKey {
        #[expect(clippy::cast_possible_truncation, reason = "a host counts its namespaces")]
        let key = SocketKey(self.sockets.len() as u32);
        self.sockets.push(Socket::new(key, Own::new()));
        key
    }

    /// The answer to `AuthRequired`: the CONNECT.
    pub fn join(&mut self, socket: SocketKey, connect: W::Text, now: Instant) {
        self.wake(now);
        self.with(at(socket), |it, desk| it.join(connect, desk));
        self.flush_desk();
    }

    /// Takes a packet for a namespace that must be joined, or, for none, a message below Socket.IO: as the
    /// list of its frames.
    pub fn send(&mut self, socket: Option<SocketKey>, packet: &W::Text, now: Instant) -> Result<(), Refused> {
        self.wake(now);
        if socket.is_some_and(|it| !self.connected(it)) {
            return Err(Refused::NotConnected);
        }
        let Some(engine) = self.engine.as_mut().filter(|it| it.takes_more(&self.desk.ground)) else {
            return Err(Refused::BufferFull);
        };
        let mut at = 0;
        while let Some(frame) = W::part(packet, at) {
            engine.push(Frame::Text(frame));
            at += 1;
        }
        Ok(())
    }

    /// Whether there is only an open session on a WebSocket (or WebTransport) that takes frames at once. The host may
    /// then read events and write packets itself, until the next call or alarm: what they would change is nothing.
    #[must_use]
    pub fn at_rest(&self) -> bool {
        self.leaving.is_empty() && self.engine.as_ref().is_some_and(|it| it.at_rest())
    }

    /// The host has written a frame itself, which has not yet left: `Input::Sent` follows.
    pub fn wrote(&mut self, now: Instant) {
        if let Some(engine) = &mut self.engine {
            engine.wrote(now);
        }
    }

    pub(super) fn fill(&mut self) {
        self.flush_desk();
    }

    pub(super) fn hold(&self) {}

    pub(super) fn check_drained(&self) {}

    pub(super) fn sending_deadline(&self) -> Instant {
        self.sending.deadline()
    }

    pub(super) fn end_drain(&self) -> bool {
        false
    }
}
