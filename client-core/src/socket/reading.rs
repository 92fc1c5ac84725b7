//! From frames to packets, where the host reads them.

use core::marker::PhantomData;

use super::Socket;
use crate::{
    config::{Limits, millis},
    error::ParseError,
    time::Instant,
    wire::{Frame, Read, Wire},
};

/// What a server sent, and to which namespace.
pub(crate) struct Packet<W: Wire> {
    socket: usize,
    pub(crate) content: Content<W>,
}

pub(crate) struct Content<W: Wire> {
    /// As in [`Read::Packet`].
    pub(super) kind: u8,
    pub(super) body: W::Args,
}

impl<W: Wire> Packet<W> {
    /// The host has looked.
    #[expect(clippy::unnecessary_wraps, reason = "where names are looked up, none may be found")]
    pub(crate) fn place(&self, _: &[Socket<W>]) -> Option<usize> {
        Some(self.socket)
    }
}

/// One for each connection: attachments follow their packet whatever the namespace.
pub(crate) struct Decoder<W> {
    /// Until when they must be there.
    deadline: Instant,
    wire: PhantomData<W>,
}

impl<W: Wire> Decoder<W> {
    pub(crate) fn new() -> Self {
        Self { deadline: Instant::NEVER, wire: PhantomData }
    }

    pub(crate) fn frame(
        &mut self,
        frame: Frame<W>,
        limits: &Limits,
        now: Instant,
    ) -> Result<Option<Packet<W>>, ParseError> {
        let packet = match W::read(frame) {
            Read::Nothing => None,
            Read::More => {
                self.deadline = self.deadline.min(now.plus(millis(limits.attachment_time)));
                return Ok(None);
            }
            Read::Wrong => return Err(ParseError::Payload),
            Read::Packet { kind, socket, body } => Some(Packet { socket, content: Content { kind, body } }),
        };
        self.deadline = Instant::NEVER;
        Ok(packet)
    }

    /// When the attachments have taken too long (F084).
    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }
}
