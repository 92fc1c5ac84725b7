//! What waits to be sent, and how much may.

use core::time::Duration;

use super::deadlines::Deadlines;
use crate::{output::EmitId, queue::Queue, time::Instant, wire::Wire};

/// In the order of emission. Here an event waits for its namespace, and for the transport to take more.
pub(crate) struct Outbox<W: Wire> {
    waiting: Queue<Parcel<W>>,
    size: usize,
    /// Of their times to live.
    deadlines: Deadlines,
}

/// One that waits.
pub(crate) struct Parcel<W: Wire> {
    /// Its place in the order; the emit's own id, but for a further try of one.
    pub(crate) id: EmitId,
    /// Which emit it carries.
    pub(crate) emit: EmitId,
    pub(crate) args: W::Args,
    pub(crate) kind: ParcelKind,
    pub(crate) expires: Instant,
    pub(crate) size: usize,
    /// How long the answer to each of its tries may take.
    pub(crate) timeout: Option<Duration>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParcelKind {
    /// Without an answer.
    Event,
    /// With this ack id.
    Asking(u64),
    /// To an event of the server's; worth nothing in another session.
    Answer(u64),
}

impl<W: Wire> Outbox<W> {
    pub(crate) fn new() -> Self {
        Self { waiting: Queue::new(), size: 0, deadlines: Deadlines::new() }
    }

    /// The number of what is pushed next.
    pub(crate) fn next_number(&self) -> u64 {
        self.waiting.next_number()
    }

    pub(crate) fn push(&mut self, parcel: Parcel<W>) {
        self.size = self.size.saturating_add(parcel.size);
        self.deadlines.push(parcel.expires, self.waiting.next_number());
        self.waiting.push(parcel);
    }

    pub(crate) fn pop(&mut self) -> Option<Parcel<W>> {
        let parcel = self.waiting.pop();
        self.taken(parcel)
    }

    /// Takes out what waits longest, answers aside: someone waits for those.
    pub(crate) fn pop_oldest_event(&mut self) -> Option<Parcel<W>> {
        let parcel = self.waiting.take_first(|it| !it.is_answer());
        self.taken(parcel)
    }

    /// Takes one out; `None` when it has left.
    pub(crate) fn remove(&mut self, number: u64) -> Option<Parcel<W>> {
        let parcel = self.waiting.take(number);
        self.taken(parcel)
    }

    pub(crate) fn contains(&self, number: u64) -> bool {
        self.waiting.get(number).is_some()
    }

    pub(crate) fn find(&mut self, emit: EmitId) -> Option<&mut Parcel<W>> {
        self.waiting.iter_mut().find(|it| it.emit == emit)
    }

    /// One whose time to live is over.
    pub(crate) fn expired(&mut self, now: Instant) -> Option<Parcel<W>> {
        let number = self.deadlines.passed(now, |it| self.waiting.get(it).is_some())?;
        self.remove(number)
    }

    /// Answers are for the session they came in; `true` if there were any.
    pub(crate) fn forget_answers(&mut self) -> bool {
        let before = self.len();
        while let Some(answer) = self.waiting.take_first(Parcel::is_answer) {
            self.taken(Some(answer));
        }
        self.len() < before
    }

    /// Since when the first waits.
    pub(crate) fn head(&self) -> EmitId {
        self.waiting.front().map_or(EmitId::NONE, |it| it.id)
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    pub(crate) fn alarm(&self) -> Instant {
        self.deadlines.alarm()
    }

    fn taken(&mut self, parcel: Option<Parcel<W>>) -> Option<Parcel<W>> {
        self.size = self.size.saturating_sub(parcel.as_ref()?.size);
        self.deadlines.tidy(self.waiting.len(), |it| self.waiting.get(it).is_some());
        parcel
    }
}

impl<W: Wire> Parcel<W> {
    fn is_answer(&self) -> bool {
        matches!(self.kind, ParcelKind::Answer(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Args, Json};

    #[test]
    fn one_that_may_wait_for_ever_is_not_looked_at_for_each_that_expires() {
        let mut outbox = Outbox::<Json>::new();
        let (id, due) = (EmitId::NONE, Instant::from_millis(5));
        let args = Args::event("e", &()).expect("an event");
        for number in 0..513 {
            let expires = if number == 0 { Instant::NEVER } else { due };
            let (args, kind) = (args.clone(), ParcelKind::Event);
            outbox.push(Parcel { id, emit: id, args, kind, expires, size: 1, timeout: None });
        }
        outbox.waiting.looks.set(0);
        let expired = core::iter::from_fn(|| outbox.expired(due)).count();
        assert_eq!((expired, outbox.len(), outbox.size(), outbox.alarm()), (512, 1, 1, Instant::NEVER));
        assert!(outbox.waiting.looks.get() < 3 * 512, "{} looks", outbox.waiting.looks.get());
    }
}
