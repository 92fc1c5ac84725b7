//! The queue of `retries`: one event at a time, until it is acknowledged or given up (A-80 to A-84).

use core::time::Duration;

use crate::{output::EmitId, queue::Queue, time::Instant, wire::Wire};

/// ```text
///   push ──▶ waiting … waiting ──▶ head ── start ──▶ in flight ── acknowledged ──▶ gone
///                                   ▲                   │
///                                   └── another try ────┤ timed out, or connection lost after it left
///                                                       └── tries used up ──▶ gone
/// ```
pub(crate) struct Retry<W: Wire> {
    queue: Queue<Try<W>>,
    size: usize,
}

pub(crate) struct Try<W: Wire> {
    pub(crate) emit: EmitId,
    pub(crate) args: W::Args,
    /// Whether the application asked for the answer; the server is asked anyway (A-83).
    pub(crate) wants_answer: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) expires: Instant,
    pub(crate) size: usize,
    pub(crate) tries: u32,
    pub(crate) in_flight: bool,
}

impl<W: Wire> Retry<W> {
    pub(crate) fn new() -> Self {
        Self { queue: Queue::new(), size: 0 }
    }

    pub(crate) fn push(&mut self, it: Try<W>) {
        self.size = self.size.saturating_add(it.size);
        self.queue.push(it);
    }

    /// The head, if it is to be sent now; from then on it is in flight.
    pub(crate) fn start(&mut self) -> Option<&Try<W>> {
        let head = self.queue.front_mut().filter(|it| !it.in_flight)?;
        head.in_flight = true;
        head.tries = head.tries.saturating_add(1);
        Some(head)
    }

    /// Whether this emit is the one in flight.
    pub(crate) fn carries(&self, emit: EmitId) -> bool {
        self.queue.front().is_some_and(|it| it.in_flight && it.emit == emit)
    }

    /// The head is acknowledged, or it is given up.
    pub(crate) fn finish(&mut self) -> Option<Try<W>> {
        let it = self.queue.pop();
        self.taken(it)
    }

    /// The application does not wait for the answer any more; the event is tried all the same. `false` when it
    /// is not in the queue.
    pub(crate) fn forget_answer(&mut self, emit: EmitId) -> bool {
        let it = self.queue.iter_mut().find(|it| it.emit == emit);
        it.map(|it| it.wants_answer = false).is_some()
    }

    /// The try failed: `true` when another one follows, for which there must be time to live.
    pub(crate) fn failed(&mut self, retries: u32, now: Instant) -> bool {
        let Some(head) = self.queue.front_mut() else { return false };
        head.in_flight = false;
        head.tries <= retries && head.expires > now
    }

    /// One that is not in flight and whose time to live is over.
    pub(crate) fn expired(&mut self, now: Instant) -> Option<Try<W>> {
        self.take(|it| it.expires <= now)
    }

    /// The one that waits longest and is not in flight.
    pub(crate) fn pop_oldest(&mut self) -> Option<Try<W>> {
        self.take(|_| true)
    }

    pub(crate) fn alarm(&self) -> Instant {
        let waiting = self.queue.iter().filter(|it| !it.in_flight);
        waiting.fold(Instant::NEVER, |first, it| first.min(it.expires))
    }

    pub(crate) fn len(&self) -> usize {
        self.queue.len()
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    fn take(&mut self, which: impl Fn(&Try<W>) -> bool) -> Option<Try<W>> {
        let it = self.queue.take_first(|it| !it.in_flight && which(it));
        self.taken(it)
    }

    fn taken(&mut self, it: Option<Try<W>>) -> Option<Try<W>> {
        self.size = self.size.saturating_sub(it.as_ref()?.size);
        it
    }
}
