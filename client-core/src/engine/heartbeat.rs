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

/// A span of the heartbeat as it is kept to, in milliseconds. A server that asks for less than a second would have us
/// spin, one that asks for more than 2³¹−1 ms would overflow a browser's timer (F005, F006).
pub(crate) fn bounded(millis: u64) -> u64 {
    millis.clamp(1_000, 0x7fff_ffff)
}
