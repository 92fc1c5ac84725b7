//! The host keeps what waits, and who waits for an answer.
#![expect(clippy::unused_self, reason = "where something waits, these have something to do")]

use core::marker::PhantomData;

use super::Socket;
use crate::{desk::Desk, ground::Ceiling, time::Instant, wire::Wire};

/// Why an event was not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Its namespace is not joined.
    NotConnected,
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
    /// Whoever is asked for auth has all the time.
    pub(super) fn refuse_auth(&self, _: &mut Desk<W>) -> bool {
        false
    }

    pub(super) fn send_all(&self, _: Ceiling, _: &mut Desk<W>) {}

    pub(super) fn forget_sent(&self, _: &mut Desk<W>) {}

    pub(super) fn sending_timeout(&self, _: &mut Desk<W>) {}

    pub(super) fn sending_deadline(&self) -> Instant {
        self.sending.deadline()
    }

    pub(crate) fn stop_draining(&self) {}
}
