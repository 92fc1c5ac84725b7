//! Where the sockets put what they want sent and what has happened; the client takes both away.

use crate::{
    ground::Ground,
    output::{EmitId, Event, SocketEvent, SocketKey},
    queue::Queue,
    wire::{Frame, Wire},
};

/// One for all sockets of a client.
pub(crate) struct Desk<W: Wire> {
    pub(crate) ground: Ground,
    /// For the session, in this order.
    pub(crate) frames: Queue<Frame<W>>,
    /// For the application, in this order.
    pub(crate) events: Queue<Event<W>>,
    emits: u64,
}

impl<W: Wire> Desk<W> {
    pub(crate) fn new(ground: Ground) -> Self {
        Self { ground, frames: Queue::new(), events: Queue::new(), emits: 0 }
    }

    /// Ids grow with time, so they also say who waits longest.
    pub(crate) fn next_emit(&mut self) -> EmitId {
        self.emits = self.emits.wrapping_add(1);
        EmitId(self.emits)
    }

    pub(crate) fn tell(&mut self, socket: SocketKey, event: SocketEvent<W>) {
        self.events.push(Event::Socket { socket, event });
    }

    /// Whether the driver has stopped taking what happened.
    pub(crate) fn is_overrun(&self) -> bool {
        self.events.len() > self.ground.config.limits.undelivered
    }
}
