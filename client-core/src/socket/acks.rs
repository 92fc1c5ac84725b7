//! Who waits for which answer, until when.

use alloc::collections::VecDeque;

use crate::{output::EmitId, time::Instant};

/// The answers that one namespace waits for, in the order of their ids.
pub(crate) struct Acks {
    /// Never used twice, also not after a reconnect (P-87, F098).
    next_id: u64,
    waiting: VecDeque<Waiting>,
    /// Not after the first deadline; looked for again when it passes.
    alarm: Instant,
}

struct Waiting {
    id: u64,
    emit: EmitId,
    parcel: EmitId,
    deadline: Instant,
}

impl Acks {
    pub(crate) fn new() -> Self {
        Self { next_id: 0, waiting: VecDeque::new(), alarm: Instant::NEVER }
    }

    /// The id to send along with `parcel`, which carries `emit`.
    pub(crate) fn wait(&mut self, emit: EmitId, parcel: EmitId, deadline: Instant) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.alarm = self.alarm.min(deadline);
        self.waiting.push_back(Waiting { id, emit, parcel, deadline });
        id
    }

    /// Whose answer this is; `None` when nobody waits for it (F097), or when its parcel has not even left.
    pub(crate) fn answered(&mut self, id: u64, left: impl Fn(EmitId) -> bool) -> Option<EmitId> {
        let at = self.waiting.binary_search_by_key(&id, |it| it.id).ok()?;
        self.waiting.get(at).filter(|it| left(it.parcel))?;
        self.waiting.remove(at).map(|it| it.emit)
    }

    /// The parcel will not leave, so no answer will come.
    pub(crate) fn forget(&mut self, id: u64) {
        self.answered(id, |_| true);
    }

    /// Nobody waits for the answer to this any more.
    pub(crate) fn forget_emit(&mut self, emit: EmitId) {
        self.waiting.retain(|it| it.emit != emit);
    }

    /// One whose time is up: the emit, and the parcel that carries it.
    pub(crate) fn timed_out(&mut self, now: Instant) -> Option<(EmitId, EmitId)> {
        if self.alarm > now {
            return None;
        }
        let due = self.waiting.iter().position(|it| it.deadline <= now);
        if let Some(at) = due {
            return self.waiting.remove(at).map(|it| (it.emit, it.parcel));
        }
        self.alarm = self.waiting.iter().fold(Instant::NEVER, |first, it| first.min(it.deadline));
        None
    }

    /// One, in the order of ids, of those whose parcel has left, as `left` says.
    pub(crate) fn take_first(&mut self, left: impl Fn(EmitId) -> bool) -> Option<EmitId> {
        let at = self.waiting.iter().position(|it| left(it.parcel))?;
        self.waiting.remove(at).map(|it| it.emit)
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn alarm(&self) -> Instant {
        self.alarm
    }
}
