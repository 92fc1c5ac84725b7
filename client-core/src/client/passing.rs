//! The host keeps what waits; here an event leaves at once, or is refused.
#![expect(clippy::unused_self, reason = "where something waits, these have something to do")]

use super::{Client, wishes::at};
use crate::{
    output::{AckToken, SocketKey},
    socket::Refused,
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
    /// Takes an event of a namespace that is joined; with `id` an answer is asked for, which comes with it. No id
    /// is to be used twice, also not after a reconnect (P-87, F098).
    pub fn emit(
        &mut self,
        socket: SocketKey,
        args: &W::Args,
        id: Option<u64>,
        now: Instant,
    ) -> Result<(), Refused> {
        self.wake(now);
        let Some(socket) = self.sockets.get(at(socket)) else { return Err(Refused::NotConnected) };
        socket.emit(args, id, &mut self.desk)?;
        self.pass()
    }

    /// Answers an event, in the session it came in.
    pub fn ack(&mut self, token: &AckToken, args: &W::Args, now: Instant) -> Result<(), Refused> {
        self.wake(now);
        let socket = self.sockets.get(at(token.socket));
        if socket.is_some_and(|it| it.ack(token, args, &mut self.desk)) {
            self.pass()
        } else {
            Err(Refused::NotConnected)
        }
    }

    /// What is on the desk is passed on whole, or not at all.
    fn pass(&mut self) -> Result<(), Refused> {
        let max = self.ceiling();
        let fits =
            |frame: &Frame<W>| frame.len() <= if let Frame::Text(_) = frame { max.text } else { max.binary };
        let error = if !self.desk.frames.iter().all(fits) {
            Refused::TooLarge
        } else if !self.engine.as_ref().is_some_and(|it| it.takes_more(&self.desk.ground)) {
            Refused::BufferFull
        } else {
            self.flush_desk();
            return Ok(());
        };
        self.desk.frames.clear();
        Err(error)
    }

    pub(super) fn fill(&mut self) {
        self.flush_desk();
    }

    pub(super) fn check_drained(&self) {}

    pub(super) fn sending_deadline(&self) -> Instant {
        self.sending.deadline()
    }

    pub(super) fn end_drain(&self) -> bool {
        false
    }
}
