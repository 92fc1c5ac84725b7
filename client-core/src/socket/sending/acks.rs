//! Who waits for which answer, until when.

use super::deadlines::Deadlines;
use crate::{output::EmitId, queue::Queue, time::Instant};

/// The answers that one namespace waits for. The number of each in the queue is the ack id that it was sent
/// with: never used twice, also not after a reconnect (P-87, F098).
pub(crate) struct Acks {
    waiting: Queue<Waiting>,
    deadlines: Deadlines,
}

pub(crate) struct Waiting {
    pub(crate) emit: EmitId,
    /// Its number in the outbox.
    pub(crate) parcel: u64,
}

impl Acks {
    pub(crate) fn new() -> Self {
        Self { waiting: Queue::new(), deadlines: Deadlines::new() }
    }

    /// The id to send along with `parcel`, which carries `emit`.
    pub(crate) fn wait(&mut self, emit: EmitId, parcel: u64, deadline: Instant) -> u64 {
        let id = self.waiting.next_number();
        self.deadlines.push(deadline, id);
        self.waiting.push(Waiting { emit, parcel });
        id
    }

    /// Who waits for this answer; `None` when nobody does (F097).
    pub(crate) fn get(&self, id: u64) -> Option<&Waiting> {
        self.waiting.get(id)
    }

    /// No answer will come, or it has come.
    pub(crate) fn forget(&mut self, id: u64) {
        self.waiting.take(id);
        self.tidy();
    }

    /// Nobody waits for the answer to this any more.
    pub(crate) fn forget_emit(&mut self, emit: EmitId) {
        self.waiting.take_first(|it| it.emit == emit);
        self.tidy();
    }

    /// One whose time is up.
    pub(crate) fn timed_out(&mut self, now: Instant) -> Option<Waiting> {
        let id = self.deadlines.passed(now, |id| self.waiting.get(id).is_some())?;
        let due = self.waiting.take(id);
        self.tidy();
        due
    }

    /// One, in the order of ids, of those whose parcel has left, as `left` says.
    pub(crate) fn take_first(&mut self, left: impl Fn(u64) -> bool) -> Option<EmitId> {
        let first = self.waiting.take_first(|it| left(it.parcel)).map(|it| it.emit);
        self.tidy();
        first
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn alarm(&self) -> Instant {
        self.deadlines.alarm()
    }

    fn tidy(&mut self) {
        self.deadlines.tidy(self.waiting.len(), |id| self.waiting.get(id).is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_waits_for_ever_is_not_looked_at_for_each_that_times_out() {
        let mut acks = Acks::new();
        let emit = EmitId::NONE;
        acks.wait(emit, 0, Instant::NEVER);
        for _ in 0..512 {
            acks.wait(emit, 0, Instant::from_millis(5));
        }
        acks.waiting.looks.set(0);
        let mut gone = 0;
        while acks.timed_out(Instant::from_millis(5)).is_some() {
            gone += 1;
        }
        assert_eq!((gone, acks.len(), acks.alarm()), (512, 1, Instant::NEVER));
        assert!(acks.waiting.looks.get() < 3 * 512, "{} looks", acks.waiting.looks.get());
    }
}
