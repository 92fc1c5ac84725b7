//! The host keeps what waits, and who waits for an answer; here an event becomes frames at once.
#![expect(clippy::unused_self, reason = "where something waits, these have something to do")]

use core::marker::PhantomData;

use super::{Socket, encoder, packet};
use crate::{
    desk::Desk,
    error::Said,
    ground::Ceiling,
    output::{AckToken, EmitId, SocketEvent},
    time::Instant,
    wire::Wire,
};

/// Why an event was not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Its namespace is not joined, or for an answer, not any more.
    NotConnected,
    /// More attachments than the limit, at which servers drop the connection (P-85).
    TooManyAttachments,
    /// Larger than the server accepts (F030, F119).
    TooLarge,
    /// More waits for the transport than the limit (F113).
    BufferFull,
}

/// Nothing waits.
pub(crate) struct Sending<W: Wire>(PhantomData<W>);

impl<W: Wire> Sending<W> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }

    fn deadline(&self) -> Instant {
        Instant::NEVER
    }
}

impl<W: Wire> Socket<W> {
    pub(crate) fn emit(&self, args: &W::Args, id: Option<u64>, desk: &mut Desk<W>) -> Result<(), Refused> {
        if !self.connected() {
            return Err(Refused::NotConnected);
        }
        if W::attachments(args) > desk.ground.config.limits.attachments {
            return Err(Refused::TooManyAttachments);
        }
        encoder::push_data(&mut desk.frames, packet::EVENT, self.name.as_ref(), id, args);
        Ok(())
    }

    pub(crate) fn ack(&self, token: &AckToken, args: &W::Args, desk: &mut Desk<W>) -> bool {
        let counts = token.session == self.session && self.connected();
        if counts {
            encoder::push_data(&mut desk.frames, packet::ACK, self.name.as_ref(), Some(token.id), args);
        }
        counts
    }

    /// Whether anyone waits for it, the host knows.
    pub(super) fn answer(&mut self, args: W::Args, id: u64, desk: &mut Desk<W>) {
        desk.tell(self.key, SocketEvent::Ack { emit: EmitId(id), result: Ok(args) });
    }

    /// The host has the body.
    pub(super) fn said(_: &W::Text) -> Said<W> {
        PhantomData
    }

    /// Whoever is asked for auth has all the time.
    pub(super) fn refuse_auth(&self, _: &mut Desk<W>) -> bool {
        false
    }

    pub(super) fn sending_joined(&self, _: &mut Desk<W>) {}

    pub(super) fn send_all(&self, _: Ceiling, _: &mut Desk<W>) {}

    pub(super) fn forget_sent(&self, _: &mut Desk<W>) {}

    pub(super) fn sending_timeout(&self, _: &mut Desk<W>) {}

    pub(super) fn sending_deadline(&self) -> Instant {
        self.sending.deadline()
    }

    pub(crate) fn stop_draining(&self) {}
}
