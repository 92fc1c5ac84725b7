//! Nothing is taken out of turn.

#![allow(clippy::arithmetic_side_effects, reason = "positions in a list; the head is never behind its end")]

use alloc::vec::Vec;

pub(crate) struct Queue<T> {
    /// What went leaves a gap at the start, which is closed before it makes the list grow.
    slots: Vec<Option<T>>,
    head: usize,
}

impl<T> Queue<T> {
    pub(crate) const fn new() -> Self {
        Self { slots: Vec::new(), head: 0 }
    }

    pub(crate) fn push(&mut self, item: T) {
        // No more than half is moved, so that each item is moved twice at most, taken all in all.
        if self.head * 2 > self.slots.len() {
            self.slots = self.slots.split_off(self.head);
            self.head = 0;
        }
        self.slots.push(Some(item));
    }

    pub(crate) fn pop(&mut self) -> Option<T> {
        let item = self.slots.get_mut(self.head)?.take();
        self.head += 1;
        item
    }

    pub(crate) fn front(&self) -> Option<&T> {
        self.slots.get(self.head)?.as_ref()
    }

    pub(crate) fn clear(&mut self) {
        self.slots.clear();
        self.head = 0;
    }

    pub(crate) fn len(&self) -> usize {
        self.slots.len() - self.head
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
