//! Opening, open, waiting for the next attempt, given up.

use super::backoff;
use crate::{
    config::{Span, millis, span},
    error::ConnectError,
    ground::Ground,
    time::Instant,
    wire::Wire,
};

/// ```text
///            begin                opened
///   Idle ───────────▶ Opening ─────────────▶ Open
///    ▲                 │   ▲                   │
///    │          failed │   │ due               │ lost
///    │                 ▼   │                   ▼
///    └─── give up ──── Waiting ◀───────────────┘
/// ```
pub(crate) struct Reconnect {
    phase: Phase,
    /// While opening or waiting, its end; while open, since when.
    at: Instant,
    /// Attempts since a connection stood; 0 is the one that is no reconnection.
    attempt: u32,
    /// Attempts that the delay doubles for: forgotten only once a connection stood for long (F106).
    failures: u32,
    /// A connection stood since attempts began.
    #[cfg(feature = "standalone")]
    stood: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Idle,
    Opening,
    Open,
    Waiting,
}

impl Reconnect {
    pub(crate) fn new() -> Self {
        Self {
            phase: Phase::Idle,
            at: Instant::NEVER,
            attempt: 0,
            failures: 0,
            #[cfg(feature = "standalone")]
            stood: false,
        }
    }

    pub(crate) fn begin(&mut self, ground: &Ground) {
        self.phase = Phase::Opening;
        self.at = ground.after_any(ground.config.timeout);
    }

    /// The number of the attempt that succeeded, if it was a reconnection.
    pub(crate) fn opened(&mut self, ground: &Ground) -> Option<u32> {
        self.phase = Phase::Open;
        #[cfg(feature = "standalone")]
        {
            self.stood = true;
        }
        self.at = ground.now;
        let attempt = core::mem::take(&mut self.attempt);
        (attempt > 0).then_some(attempt)
    }

    /// The connection that stood is gone.
    pub(crate) fn lost(&mut self, ground: &Ground) {
        if self.phase == Phase::Open && ground.now >= self.at.plus(millis(ground.config.stable_after)) {
            self.failures = 0;
        }
        self.phase = Phase::Idle;
    }

    /// Whether no attempt can mend that. What was right for a connection that stood may be so again: a proxy answers
    /// 404 while the server behind it starts anew (F001).
    #[cfg(feature = "standalone")]
    pub(crate) fn ends_with<W: Wire>(&self, error: &ConnectError<W>) -> bool {
        if self.stood { error.is_final() } else { error.is_fatal() }
    }

    /// No page asks for that.
    #[cfg(not(feature = "standalone"))]
    #[expect(clippy::unused_self, reason = "elsewhere it depends on what was before")]
    pub(crate) fn ends_with<W: Wire>(&self, error: &ConnectError<W>) -> bool {
        error.is_fatal()
    }

    /// Schedules the next attempt: its number and how long it waits; `None` when there were enough. The
    /// server may ask for more time (F034).
    pub(crate) fn schedule(&mut self, retry_after: Option<Span>, ground: &mut Ground) -> Option<(u32, Span)> {
        let limit = ground.config.reconnection_attempts;
        if limit > 0 && self.attempt >= limit {
            self.give_up();
            return None;
        }
        let mut delay = backoff::delay(&ground.config, self.failures, &mut ground.rng);
        if let Some(asked) = retry_after {
            delay = delay.max(millis(asked).min(millis(ground.config.retry_after_max)));
        }
        self.failures = self.failures.saturating_add(1);
        self.attempt = self.attempt.saturating_add(1);
        self.phase = Phase::Waiting;
        self.at = ground.now.plus(delay);
        Some((self.attempt, span(delay)))
    }

    /// Changes a wait that is under way.
    pub(crate) fn wait_until(&mut self, until: Instant) {
        if self.phase == Phase::Waiting {
            self.at = until;
        }
    }

    /// No more attempts; the next connection starts afresh.
    pub(crate) fn give_up(&mut self) {
        *self = Self::new();
    }

    pub(crate) fn phase(&self) -> Phase {
        self.phase
    }

    pub(crate) fn attempt(&self) -> u32 {
        self.attempt
    }

    pub(crate) fn deadline(&self) -> Instant {
        match self.phase {
            Phase::Opening | Phase::Waiting => self.at,
            Phase::Idle | Phase::Open => Instant::NEVER,
        }
    }
}
