//! The queue of `retries`: one event at a time, until it is acknowledged or given up (A-80 to A-84).

#![allow(
    clippy::arithmetic_side_effects,
    reason = "lengths of what is in memory, which end far below the largest number"
)]

use super::outbox::{Outbox, Parcel, ParcelKind};
use crate::{output::EmitId, time::Instant, wire::Wire};

/// ```text
///   push ──▶ waiting … waiting ──▶ head ── start ──▶ in flight ── acknowledged ──▶ gone
///                                   ▲                   │
///                                   └── another try ────┤ timed out, or connection lost after it left
///                                                       └── tries used up ──▶ gone
/// ```
pub(crate) struct Retry<W: Wire> {
    /// Its parcels ask for an answer if the application does; the server is asked anyway (A-83).
    waiting: Outbox<W>,
    head: Option<Parcel<W>>,
    in_flight: bool,
    /// Of the head.
    tries: u32,
}

impl<W: Wire> Retry<W> {
    pub(crate) fn new() -> Self {
        Self { waiting: Outbox::new(), head: None, in_flight: false, tries: 0 }
    }

    pub(crate) fn push(&mut self, parcel: Parcel<W>) {
        self.waiting.push(parcel);
    }

    /// The head and which try it is, if it is to be sent now; from then on it is in flight.
    pub(crate) fn start(&mut self) -> Option<(&Parcel<W>, u32)> {
        if self.in_flight {
            return None;
        }
        if self.head.is_none() {
            self.head = self.waiting.pop();
        }
        let head = self.head.as_ref()?;
        self.in_flight = true;
        self.tries = self.tries.saturating_add(1);
        Some((head, self.tries))
    }

    /// Whether this emit is the one in flight.
    pub(crate) fn carries(&self, emit: EmitId) -> bool {
        self.in_flight && self.head.as_ref().is_some_and(|it| it.emit == emit)
    }

    /// The head is acknowledged, or it is given up.
    pub(crate) fn finish(&mut self) -> Option<Parcel<W>> {
        self.in_flight = false;
        self.tries = 0;
        self.head.take()
    }

    /// The application does not wait for the answer any more; the event is tried all the same. `false` when it
    /// is not in the queue.
    pub(crate) fn forget_answer(&mut self, emit: EmitId) -> bool {
        let head = self.head.as_mut().filter(|it| it.emit == emit);
        let it = head.or_else(|| self.waiting.find(emit));
        it.map(|it| it.kind = ParcelKind::Event).is_some()
    }

    /// The try failed: `true` when another one follows, for which there must be time to live.
    pub(crate) fn failed(&mut self, retries: u32, now: Instant) -> bool {
        self.in_flight = false;
        self.tries <= retries && self.head.as_ref().is_some_and(|it| it.expires > now)
    }

    /// One that is not in flight and whose time to live is over.
    pub(crate) fn expired(&mut self, now: Instant) -> Option<Parcel<W>> {
        if self.resting().is_some_and(|it| it.expires <= now) {
            self.finish()
        } else {
            self.waiting.expired(now)
        }
    }

    /// The one that waits longest and is not in flight.
    pub(crate) fn pop_oldest(&mut self) -> Option<Parcel<W>> {
        if self.resting().is_some() { self.finish() } else { self.waiting.pop() }
    }

    pub(crate) fn alarm(&self) -> Instant {
        self.resting().map_or(Instant::NEVER, |it| it.expires).min(self.waiting.alarm())
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting.len() + usize::from(self.head.is_some())
    }

    pub(crate) fn size(&self) -> usize {
        self.head.as_ref().map_or(0, |it| it.size).saturating_add(self.waiting.size())
    }

    /// The head, between two tries.
    fn resting(&self) -> Option<&Parcel<W>> {
        self.head.as_ref().filter(|_| !self.in_flight)
    }
}
