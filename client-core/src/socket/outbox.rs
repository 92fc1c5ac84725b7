//! What waits to be sent, and how much may.

use alloc::collections::VecDeque;

use crate::{output::EmitId, time::Instant, wire::Wire};

/// In the order of emission. Here an event waits for its namespace, and for the transport to take more.
pub(crate) struct Outbox<W: Wire> {
    waiting: VecDeque<Parcel<W>>,
    size: usize,
    /// Not after the first time to live; looked for again when it passes.
    alarm: Instant,
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
        Self { waiting: VecDeque::new(), size: 0, alarm: Instant::NEVER }
    }

    pub(crate) fn push(&mut self, parcel: Parcel<W>) {
        self.size = self.size.saturating_add(parcel.size);
        self.alarm = self.alarm.min(parcel.expires);
        self.waiting.push_back(parcel);
    }

    pub(crate) fn pop(&mut self) -> Option<Parcel<W>> {
        let parcel = self.waiting.pop_front()?;
        self.size = self.size.saturating_sub(parcel.size);
        if self.waiting.is_empty() {
            self.alarm = Instant::NEVER;
        }
        Some(parcel)
    }

    /// Takes out what waits longest, answers aside: someone waits for those.
    pub(crate) fn pop_oldest_event(&mut self) -> Option<Parcel<W>> {
        let at = self.waiting.iter().position(|it| !matches!(it.kind, ParcelKind::Answer(_)))?;
        self.remove_at(at)
    }

    /// Takes one out; `None` when it has left.
    pub(crate) fn remove(&mut self, id: EmitId) -> Option<Parcel<W>> {
        let at = self.waiting.binary_search_by_key(&id, |it| it.id).ok()?;
        self.remove_at(at)
    }

    pub(crate) fn contains(&self, id: EmitId) -> bool {
        self.waiting.binary_search_by_key(&id, |it| it.id).is_ok()
    }

    /// One whose time to live is over.
    pub(crate) fn expired(&mut self, now: Instant) -> Option<Parcel<W>> {
        if self.alarm > now {
            return None;
        }
        if let Some(at) = self.waiting.iter().position(|it| it.expires <= now) {
            return self.remove_at(at);
        }
        self.alarm = self.waiting.iter().fold(Instant::NEVER, |first, it| first.min(it.expires));
        None
    }

    /// Answers are for the session they came in.
    pub(crate) fn forget_answers(&mut self) {
        self.waiting.retain(|it| !matches!(it.kind, ParcelKind::Answer(_)));
        self.size = self.waiting.iter().map(|it| it.size).sum();
    }

    /// Since when the first waits.
    pub(crate) fn head(&self) -> Option<EmitId> {
        self.waiting.front().map(|it| it.id)
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    pub(crate) fn alarm(&self) -> Instant {
        self.alarm
    }

    fn remove_at(&mut self, at: usize) -> Option<Parcel<W>> {
        let parcel = self.waiting.remove(at)?;
        self.size = self.size.saturating_sub(parcel.size);
        Some(parcel)
    }
}
