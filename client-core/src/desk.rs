//! Where the sockets put what they want sent and what has happened; the client takes both away.

#[cfg(feature = "standalone")]
use crate::output::Emits;
use crate::{
    ground::Ground,
    output::{Event, SocketEvent, SocketKey},
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
    /// A frame is among them that nobody sends again when it is lost.
    #[cfg(feature = "standalone")]
    pub(crate) sent_once: bool,
    /// Something that was emitted did not leave, or its answer did not come. Whoever asks clears it first.
    #[cfg(feature = "standalone")]
    pub(crate) lost: bool,
    #[cfg(feature = "standalone")]
    pub(crate) emits: Emits,
}

impl<W: Wire> Desk<W> {
    pub(crate) fn new(ground: Ground) -> Self {
        Self {
            ground,
            frames: Queue::new(),
            events: Queue::new(),
            #[cfg(feature = "standalone")]
            sent_once: false,
            #[cfg(feature = "standalone")]
            lost: false,
            #[cfg(feature = "standalone")]
            emits: Emits::default(),
        }
    }

    pub(crate) fn tell(&mut self, socket: SocketKey, event: SocketEvent<W>) {
        self.events.push(Event::Socket { socket, event });
    }

    /// Whether the driver has stopped taking what happened.
    pub(crate) fn is_overrun(&self) -> bool {
        self.events.len() > self.ground.config.limits.undelivered
    }
}
