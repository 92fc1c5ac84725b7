//! What every room stands on: the options, the time, chance, and ids that are never used twice.

use crate::{
    config::{Config, Span, millis},
    input::TransportId,
    rng::Rng,
    time::Instant,
};

/// Handed down by the client to the rooms below it.
pub(crate) struct Ground {
    pub(crate) config: Config,
    pub(crate) rng: Rng,
    pub(crate) now: Instant,
    transports: u32,
}

/// The longest frames that a server takes, in bytes.
#[cfg(feature = "standalone")]
#[derive(Clone, Copy)]
pub(crate) struct Ceiling {
    pub(crate) text: usize,
    pub(crate) binary: usize,
}

#[cfg(feature = "standalone")]
impl Ceiling {
    /// As long as no server has said one.
    pub(crate) const NONE: Self = Self { text: usize::MAX, binary: usize::MAX };
}

/// The host knows how long the frames are that a server takes.
#[cfg(not(feature = "standalone"))]
#[derive(Clone, Copy)]
pub(crate) struct Ceiling;

#[cfg(not(feature = "standalone"))]
impl Ceiling {
    pub(crate) const NONE: Self = Self;
}

impl Ground {
    pub(crate) fn new(config: Config, now: Instant) -> Self {
        let mut ground = Self { rng: Rng::new(config.seed), config, now: Instant::ZERO, transports: 0 };
        ground.advance(now);
        ground
    }

    /// Time never runs backwards, nor to its end (F060).
    pub(crate) fn advance(&mut self, now: Instant) {
        if now > self.now && now < Instant::NEVER {
            self.now = now;
        }
    }

    /// When a `span` that starts now is over. Once for all, because a page pays for each copy.
    #[inline(never)]
    pub(crate) fn after(&self, span: Span) -> Instant {
        self.now.plus(millis(span))
    }

    /// The same, where there may be no end.
    pub(crate) fn after_any(&self, span: Option<Span>) -> Instant {
        span.map_or(Instant::NEVER, |span| self.after(span))
    }

    pub(crate) fn next_transport(&mut self) -> TransportId {
        self.transports = self.transports.wrapping_add(1);
        TransportId(self.transports)
    }
}
