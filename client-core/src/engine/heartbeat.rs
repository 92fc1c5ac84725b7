//! The deadline that the handshake and each ping push back (P-40).

use crate::time::Instant;

/// Only pings count: other traffic proves that the peer can write, not that it still reads.
pub(crate) struct Heartbeat {
    /// In milliseconds.
    silence: u64,
    deadline: Instant,
}

impl Heartbeat {
    /// None is awaited before there is a session.
    pub(crate) fn new() -> Self {
        Self { silence: 0, deadline: Instant::NEVER }
    }

    pub(crate) fn begin(&mut self, silence: u64, now: Instant) {
        self.silence = silence;
        self.pinged(now);
    }

    pub(crate) fn pinged(&mut self, now: Instant) {
        self.deadline = now.plus(self.silence);
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }
}
