//! What every room stands on: the options, the time, chance, and ids that are never used twice.

use crate::{config::Config, input::TransportId, rng::Rng, time::Instant};

/// Handed down by the client to the rooms below it.
pub(crate) struct Ground {
    pub(crate) config: Config,
    pub(crate) rng: Rng,
    pub(crate) now: Instant,
    transports: u32,
}

/// The longest frames that a server takes, in bytes.
#[derive(Clone, Copy)]
pub(crate) struct Ceiling {
    pub(crate) text: usize,
    pub(crate) binary: usize,
}

impl Ground {
    pub(crate) fn new(config: Config, now: Instant) -> Self {
        Self { rng: Rng::new(config.seed), config, now, transports: 0 }
    }

    /// Time never runs backwards (F060).
    pub(crate) fn advance(&mut self, now: Instant) {
        if now > self.now {
            self.now = now;
        }
    }

    pub(crate) fn next_transport(&mut self) -> TransportId {
        self.transports = self.transports.wrapping_add(1);
        TransportId(self.transports)
    }
}
