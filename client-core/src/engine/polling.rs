//! HTTP long-polling: one GET and one POST at a time (P-17, F028).

use crate::{
    config::{Span, millis},
    time::Instant,
};

/// One polling transport.
///
/// ```text
///          ask_get             Polled
///   Idle ──────────▶ InFlight ────────▶ Idle        the same for POST: ask_post, Posted
///    │  ▲                                           both idle and pausing: paused (P-62)
///    └──┘ not before `next_get` (F024)
/// ```
pub(crate) struct Polling {
    get: Request,
    post: Request,
    /// No new request; what is in flight comes to its end.
    pub(crate) pausing: bool,
    asked_at: Instant,
    next_get: Instant,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Request {
    Idle,
    InFlight,
}

impl Polling {
    pub(crate) fn new(now: Instant) -> Self {
        Self { get: Request::Idle, post: Request::Idle, pausing: false, asked_at: now, next_get: now }
    }

    /// Whether a GET is to be sent now; from then on it is in flight.
    pub(crate) fn ask_get(&mut self, now: Instant) -> bool {
        let ask = self.get == Request::Idle && !self.pausing && now >= self.next_get;
        if ask {
            self.get = Request::InFlight;
            self.asked_at = now;
        }
        ask
    }

    /// The POST is in flight from now on.
    pub(crate) fn ask_post(&mut self) {
        self.post = Request::InFlight;
    }

    /// The GET was answered; `false` when none was in flight.
    pub(crate) fn polled(&mut self) -> bool {
        core::mem::replace(&mut self.get, Request::Idle) == Request::InFlight
    }

    /// The answer held nothing but idle packets: one that is instant must not make us spin (F024).
    pub(crate) fn brought_nothing(&mut self, gap: Span) {
        self.next_get = self.asked_at.plus(millis(gap));
    }

    /// The POST was accepted; `false` when none was in flight.
    pub(crate) fn posted(&mut self) -> bool {
        core::mem::replace(&mut self.post, Request::Idle) == Request::InFlight
    }

    pub(crate) fn writable(&self) -> bool {
        self.post == Request::Idle && !self.pausing
    }

    pub(crate) fn polling(&self) -> bool {
        self.get == Request::InFlight
    }

    #[cfg(feature = "standalone")]
    pub(crate) fn posting(&self) -> bool {
        self.post == Request::InFlight
    }

    pub(crate) fn paused(&self) -> bool {
        self.pausing && self.get == Request::Idle && self.post == Request::Idle
    }

    /// When the next GET may go out, while it has to wait.
    pub(crate) fn deadline(&self, now: Instant) -> Instant {
        let waits = self.get == Request::Idle && !self.pausing && now < self.next_get;
        if waits { self.next_get } else { Instant::NEVER }
    }
}
