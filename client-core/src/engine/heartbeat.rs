//! The deadline that the handshake and each ping push back (P-40).

use core::time::Duration;

use crate::time::Instant;

/// Only pings count: other traffic proves that the peer can write, not that it still reads.
pub(crate) struct Heartbeat {
    silence: Duration,
    deadline: Instant,
}

impl Heartbeat {
    pub(crate) fn new(silence: Duration, now: Instant) -> Self {
        Self { silence, deadline: now.after(silence) }
    }

    pub(crate) fn pinged(&mut self, now: Instant) {
        self.deadline = now.after(self.silence);
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }
}
