//! Who waits for which answer, until when.

use crate::{output::EmitId, queue::Queue, time::Instant};

/// The answers that one namespace waits for. The number of each in the queue is the ack id that it was sent
/// with: never used twice, also not after a reconnect (P-87, F098).
pub(crate) struct Acks {
    waiting: Queue<Waiting>,
    /// Not after the first deadline; looked for again when it passes.
    alarm: Instant,
}

pub(crate) struct Waiting {
    pub(crate) emit: EmitId,
    /// Its number in the outbox.
    pub(crate) parcel: u64,
    deadline: Instant,
}

impl Acks {
    pub(crate) fn new() -> Self {
        Self { waiting: Queue::new(), alarm: Instant::NEVER }
    }

    /// The id to send along with `parcel`, which carries `emit`.
    pub(crate) fn wait(&mut self, emit: EmitId, parcel: u64, deadline: Instant) -> u64 {
        let id = self.waiting.next_number();
        self.alarm = self.alarm.min(deadline);
        self.waiting.push(Waiting { emit, parcel, deadline });
        id
    }

    /// Who waits for this answer; `None` when nobody does (F097).
    pub(crate) fn get(&self, id: u64) -> Option<&Waiting> {
        self.waiting.get(id)
    }

    /// No answer will come, or it has come.
    pub(crate) fn forget(&mut self, id: u64) {
        self.waiting.take(id);
    }

    /// Nobody waits for the answer to this any more.
    pub(crate) fn forget_emit(&mut self, emit: EmitId) {
        self.waiting.take_first(|it| it.emit == emit);
    }

    /// One whose time is up.
    pub(crate) fn timed_out(&mut self, now: Instant) -> Option<Waiting> {
        if self.alarm > now {
            return None;
        }
        let due = self.waiting.take_first(|it| it.deadline <= now);
        if due.is_none() {
            self.alarm = self.waiting.iter().fold(Instant::NEVER, |first, it| first.min(it.deadline));
        }
        due
    }

    /// One, in the order of ids, of those whose parcel has left, as `left` says.
    pub(crate) fn take_first(&mut self, left: impl Fn(u64) -> bool) -> Option<EmitId> {
        self.waiting.take_first(|it| left(it.parcel)).map(|it| it.emit)
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn alarm(&self) -> Instant {
        self.alarm
    }
}
