//! Sometimes something is taken out of turn.

#![allow(clippy::arithmetic_side_effects, reason = "positions in a list, and 64 bits are not counted full")]

use alloc::vec::Vec;

/// What is taken out of turn leaves a gap, which is skipped when its turn comes, and closed when half of all is
/// gaps: one that stays for ever does not keep the room of those that went. `VecDeque` closes each at once and
/// wraps around at the end of its memory, for which a page pays kilobytes.
pub(crate) struct Queue<T> {
    /// In the order of their numbers.
    slots: Vec<Slot<T>>,
    /// The number of what is pushed next.
    next: u64,
    /// The first slot that is not empty.
    head: usize,
    len: usize,
    /// How many slots were looked at in search of an item.
    #[cfg(test)]
    pub(crate) looks: core::cell::Cell<usize>,
}

struct Slot<T> {
    number: u64,
    item: Option<T>,
}

impl<T> Queue<T> {
    pub(crate) const fn new() -> Self {
        Self {
            slots: Vec::new(),
            next: 0,
            head: 0,
            len: 0,
            #[cfg(test)]
            looks: core::cell::Cell::new(0),
        }
    }

    pub(crate) fn push(&mut self, item: T) {
        self.slots.push(Slot { number: self.next, item: Some(item) });
        self.next += 1;
        self.len += 1;
    }

    /// The number of what is pushed next: they count from 0, and none comes twice.
    pub(crate) fn next_number(&self) -> u64 {
        self.next
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<T> {
        let item = self.slots.get_mut(self.head)?.item.take();
        self.taken();
        item
    }

    /// Takes the item of that number, if it is still there.
    pub(crate) fn take(&mut self, number: u64) -> Option<T> {
        self.take_at(self.at(number))
    }

    /// Takes the first that is `wanted`.
    pub(crate) fn take_first(&mut self, mut wanted: impl FnMut(&T) -> bool) -> Option<T> {
        let at = self.waiting().iter().position(|slot| self.look(slot).is_some_and(&mut wanted))?;
        self.take_at(self.head + at)
    }

    pub(crate) fn get(&self, number: u64) -> Option<&T> {
        self.slots.get(self.at(number))?.item.as_ref()
    }

    pub(crate) fn front(&self) -> Option<&T> {
        self.slots.get(self.head)?.item.as_ref()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.waiting().iter().filter_map(|slot| self.look(slot))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots.iter_mut().skip(self.head).filter_map(|slot| slot.item.as_mut())
    }

    pub(crate) fn clear(&mut self) {
        while self.pop().is_some() {}
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where that number is; behind the end if its slot is gone.
    fn at(&self, number: u64) -> usize {
        let (mut from, mut to) = (0, self.slots.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            match self.slots.get(middle) {
                Some(slot) if slot.number == number => return middle,
                Some(slot) if slot.number < number => from = middle + 1,
                _ => to = middle,
            }
        }
        usize::MAX
    }

    /// Without the gaps at the front.
    fn waiting(&self) -> &[Slot<T>] {
        self.slots.get(self.head..).unwrap_or_default()
    }

    #[cfg_attr(not(test), expect(clippy::unused_self, reason = "tests count how often"))]
    fn look<'a>(&self, slot: &'a Slot<T>) -> Option<&'a T> {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        slot.item.as_ref()
    }

    fn take_at(&mut self, at: usize) -> Option<T> {
        let item = self.slots.get_mut(at)?.item.take()?;
        self.taken();
        Some(item)
    }

    /// Never inlined, so that `pop` is: what comes out of a queue is taken apart at once where it is natively.
    #[inline(never)]
    fn taken(&mut self) {
        self.len -= 1;
        if self.len == 0 {
            self.slots.clear();
            self.head = 0;
        } else if self.slots.len() > MANY && self.slots.len() > 2 * self.len {
            // No more than half is moved, so that each item is moved twice at most, taken all in all.
            self.slots.retain(|slot| slot.item.is_some());
            self.head = 0;
        } else {
            while self.slots.get(self.head).is_some_and(|slot| slot.item.is_none()) {
                self.head += 1;
            }
        }
    }
}

/// With fewer slots gaps are not worth closing.
const MANY: usize = 256;

#[cfg(test)]
mod tests {
    use alloc::collections::VecDeque;

    use super::*;

    /// Under Miri each takes a thousand times as long.
    const STEPS: u32 = if cfg!(miri) { 400 } else { 20_000 };

    #[test]
    fn it_is_a_queue_whatever_is_taken_out_of_it() {
        let (mut queue, mut model) = (Queue::new(), VecDeque::new());
        let mut rng = crate::rng::Rng::new(7);
        for _ in 0..STEPS {
            let number = queue.next_number();
            match rng.next() % 16 {
                0..8 => {
                    queue.push(number);
                    model.push_back(number);
                }
                8..12 => assert_eq!(queue.pop(), model.pop_front()),
                12 => {
                    let wanted = u64::from(rng.next()) % (number + 1);
                    let at = model.iter().position(|it| *it == wanted);
                    assert_eq!(queue.get(wanted).copied(), at.map(|_| wanted));
                    assert_eq!(queue.take(wanted), at.and_then(|at| model.remove(at)));
                }
                13 => {
                    let at = model.iter().position(|it| it % 7 == 0);
                    assert_eq!(queue.take_first(|it| it % 7 == 0), at.and_then(|at| model.remove(at)));
                }
                14 if rng.next().is_multiple_of(512) => {
                    queue.clear();
                    model.clear();
                }
                _ => {}
            }
            assert_eq!((queue.len(), queue.front()), (model.len(), model.front()));
        }
        assert!(queue.iter().eq(&model));
    }

    #[test]
    fn what_is_gone_from_the_front_is_not_looked_at_again() {
        // As many as a namespace may wait for answers, or keep where the oldest gives way, and each of them goes first.
        let mut queue = Queue::new();
        (0..4_096).for_each(|it| queue.push(it));
        queue.looks.set(0);
        for number in 0..4_096 {
            assert_eq!(queue.iter().next(), Some(&number));
            assert_eq!(queue.take_first(|_| true), Some(number));
        }
        assert_eq!(queue.looks.get(), 2 * 4_096);
    }

    #[test]
    fn one_that_stays_does_not_keep_the_room_of_others() {
        let mut queue = Queue::new();
        queue.push(0);
        for _ in 0..if cfg!(miri) { 2_000 } else { 100_000 } {
            let number = queue.next_number();
            queue.push(number);
            assert_eq!(queue.take(number), Some(number));
        }
        assert_eq!((queue.len(), queue.front()), (1, Some(&0)));
        assert!(queue.slots.len() <= MANY + 1, "{}", queue.slots.len());
    }
}
