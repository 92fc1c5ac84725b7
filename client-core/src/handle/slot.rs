//! What is told once to a future that waits for it.

use alloc::{sync::Arc, vec::Vec};
use core::task::{Context, Poll, Waker};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The future holds one end, whoever settles it the other.
pub(crate) struct Slot<T>(Mutex<State<T>>);

struct State<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

impl<T: Clone> Slot<T> {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(State { value: None, waker: None })))
    }

    pub(crate) fn settled(value: T) -> Arc<Self> {
        Arc::new(Self(Mutex::new(State { value: Some(value), waker: None })))
    }

    /// The first to settle it counts. The waker is to be called once no lock is held.
    pub(crate) fn settle(&self, value: T) -> Option<Waker> {
        let mut state = self.lock();
        state.value.get_or_insert(value);
        state.waker.take()
    }

    pub(crate) fn is_settled(&self) -> bool {
        self.lock().value.is_some()
    }

    pub(crate) fn poll(&self, cx: &mut Context<'_>) -> Poll<T> {
        let mut state = self.lock();
        match &state.value {
            Some(value) => Poll::Ready(value.clone()),
            None => {
                state.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Those who wait for the same thing.
pub(crate) struct Waiting<T>(Vec<Arc<Slot<T>>>);

impl<T: Clone> Waiting<T> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// One more. Those whose futures were dropped are forgotten before the list grows.
    pub(crate) fn add(&mut self) -> Arc<Slot<T>> {
        if self.0.len() == self.0.capacity() {
            self.0.retain(|it| Arc::strong_count(it) > 1);
            self.0.reserve(self.0.len().max(1));
        }
        let slot = Slot::new();
        self.0.push(Arc::clone(&slot));
        slot
    }

    /// Tells all of them; the wakers are to be called once no lock is held.
    pub(crate) fn settle(&mut self, value: &T, wake: &mut Vec<Waker>) {
        wake.extend(self.0.drain(..).filter_map(|it| it.settle(value.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_to_settle_it_counts() {
        let slot = Slot::new();
        slot.settle(1);
        slot.settle(2);
        assert_eq!(slot.poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(1));
    }

    #[test]
    fn who_does_not_wait_any_more_takes_no_room() {
        let mut waiting = Waiting::<()>::new();
        let kept: Vec<_> = (0..3).map(|_| waiting.add()).collect();
        for _ in 0..if cfg!(miri) { 2_000 } else { 100_000 } {
            drop(waiting.add());
        }
        assert!(waiting.0.len() < 16, "{} are kept", waiting.0.len());
        waiting.settle(&(), &mut Vec::new());
        assert!(kept.iter().all(|it| it.is_settled()));
    }
}
