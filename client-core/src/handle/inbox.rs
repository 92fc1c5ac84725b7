//! What waits for one listener: bounded, and never in the way of others for long.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "lengths of what is in memory, and 64 bits are not counted full"
)]

use alloc::collections::VecDeque;
use core::task::{Context, Poll, Waker};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

/// How many events wait for one listener before the connection is no longer read from, so that the server is
/// slowed down by TCP itself.
pub const INBOX_EVENTS: usize = 8_192;
/// How many bytes of them.
pub const INBOX_BYTES: usize = 16 << 20;

/// What can be listened to.
pub trait Item: Send + 'static {
    /// How much memory it takes, roughly, in bytes.
    fn size(&self) -> usize;
}

/// The listener's end and the driver's end share it.
pub(crate) struct Inbox<T> {
    state: Mutex<State<T>>,
    slow: Arc<Slow>,
    /// Nothing more comes after the first.
    for_one: bool,
}

/// How many inboxes of a connection are full, and who is to be told when none is any more: the driver.
#[derive(Default)]
pub(crate) struct Slow {
    full: AtomicUsize,
    driver: Mutex<Option<Waker>>,
}

impl Slow {
    pub(crate) fn is_any(&self) -> bool {
        self.full.load(Ordering::Acquire) > 0
    }

    /// Ready once none is full.
    pub(crate) fn poll_none(&self, cx: &mut Context<'_>) -> Poll<()> {
        *self.driver.lock().unwrap_or_else(PoisonError::into_inner) = Some(cx.waker().clone());
        // Looked at after the waker is in place: the last one to catch up either sees it or is seen.
        if self.is_any() { Poll::Pending } else { Poll::Ready(()) }
    }

    fn add(&self) {
        self.full.fetch_add(1, Ordering::AcqRel);
    }

    fn remove(&self) {
        if self.full.fetch_sub(1, Ordering::AcqRel) == 1
            && let Some(driver) = self.driver.lock().unwrap_or_else(PoisonError::into_inner).take()
        {
            driver.wake();
        }
    }
}

struct State<T> {
    queue: VecDeque<T>,
    bytes: usize,
    waker: Option<Waker>,
    closed: bool,
    is_full: bool,
    /// It was waited for long enough: until it has caught up, the oldest make way (F117).
    lagging: bool,
    missed: u64,
}

impl<T: Item> Inbox<T> {
    pub(crate) fn new(slow: &Arc<Slow>) -> Arc<Self> {
        Self::with(slow, false)
    }

    /// Of a listener that wants the first only: it is never full.
    pub(crate) fn for_one(slow: &Arc<Slow>) -> Arc<Self> {
        Self::with(slow, true)
    }

    fn with(slow: &Arc<Slow>, for_one: bool) -> Arc<Self> {
        let state = State {
            queue: VecDeque::new(),
            bytes: 0,
            waker: None,
            closed: false,
            is_full: false,
            lagging: false,
            missed: 0,
        };
        Arc::new(Self { state: Mutex::new(state), slow: Arc::clone(slow), for_one })
    }

    /// Adds one; the waker is to be called once no lock is held.
    pub(crate) fn push(&self, item: T) -> Option<Waker> {
        let mut state = self.lock();
        if state.closed {
            return None;
        }
        state.bytes += item.size();
        state.queue.push_back(item);
        if self.for_one {
            state.closed = true;
        } else if state.queue.len() >= INBOX_EVENTS || state.bytes >= INBOX_BYTES {
            if state.lagging {
                while state.queue.len() > INBOX_EVENTS || (state.bytes > INBOX_BYTES && state.queue.len() > 1)
                {
                    let dropped = state.queue.pop_front().map_or(0, |item| item.size());
                    state.bytes = state.bytes.saturating_sub(dropped);
                    state.missed += 1;
                }
            } else if !state.is_full {
                state.is_full = true;
                self.slow.add();
            }
        }
        state.waker.take()
    }

    /// Everything that waits, at once, so that a burst costs one lock; `Ready(None)` at the end.
    pub(crate) fn poll_take(&self, into: &mut VecDeque<T>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut state = self.lock();
        if state.queue.is_empty() {
            if state.closed {
                return Poll::Ready(None);
            }
            match &mut state.waker {
                Some(waker) => waker.clone_from(cx.waker()),
                None => state.waker = Some(cx.waker().clone()),
            }
            return Poll::Pending;
        }
        core::mem::swap(into, &mut state.queue);
        state.bytes = 0;
        state.lagging = false;
        self.not_full(&mut state);
        Poll::Ready(into.pop_front())
    }

    /// No longer waited for.
    pub(crate) fn give_up_waiting(&self) {
        let mut state = self.lock();
        if state.is_full {
            state.lagging = true;
            self.not_full(&mut state);
        }
    }

    /// Nothing more comes; what waits can still be taken.
    pub(crate) fn close(&self) -> Option<Waker> {
        let mut state = self.lock();
        state.closed = true;
        state.waker.take()
    }

    /// Nobody listens any more.
    pub(crate) fn abandon(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.queue = VecDeque::new();
        self.not_full(&mut state);
    }

    pub(crate) fn missed(&self) -> u64 {
        self.lock().missed
    }

    fn not_full(&self, state: &mut State<T>) {
        if core::mem::take(&mut state.is_full) {
            self.slow.remove();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
