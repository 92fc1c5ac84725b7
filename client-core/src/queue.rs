//! First in, first out, and sometimes out of turn.

use alloc::vec::Vec;

/// What is taken out of turn leaves a gap, which is skipped when its turn comes; so everything keeps the number
/// it got. `VecDeque` closes such gaps and wraps around at the end of its memory, for which a page pays kilobytes.
pub(crate) struct Queue<T> {
    slots: Vec<Option<T>>,
    /// The number of the first slot.
    base: u64,
    /// The first slot that is not empty.
    head: usize,
    len: usize,
}

impl<T> Queue<T> {
    pub(crate) const fn new() -> Self {
        Self { slots: Vec::new(), base: 0, head: 0, len: 0 }
    }

    pub(crate) fn push(&mut self, item: T) {
        self.slots.push(Some(item));
        self.len += 1;
    }

    /// The number of what is pushed next: they count from 0, and none comes twice.
    pub(crate) fn next_number(&self) -> u64 {
        self.base + self.slots.len() as u64
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<T> {
        let item = self.slots.get_mut(self.head)?.take();
        self.taken();
        item
    }

    /// Takes the item of that number, if it is still there.
    pub(crate) fn take(&mut self, number: u64) -> Option<T> {
        self.take_at(self.at(number))
    }

    /// Takes the first that is `wanted`.
    pub(crate) fn take_first(&mut self, mut wanted: impl FnMut(&T) -> bool) -> Option<T> {
        let at = self.slots.iter().position(|slot| slot.as_ref().is_some_and(&mut wanted))?;
        self.take_at(at)
    }

    pub(crate) fn get(&self, number: u64) -> Option<&T> {
        self.slots.get(self.at(number))?.as_ref()
    }

    pub(crate) fn front(&self) -> Option<&T> {
        self.slots.get(self.head)?.as_ref()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().flatten()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots.iter_mut().flatten()
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

    /// Far behind the end if the number has been given back.
    fn at(&self, number: u64) -> usize {
        usize::try_from(number.wrapping_sub(self.base)).unwrap_or(usize::MAX)
    }

    fn take_at(&mut self, at: usize) -> Option<T> {
        let item = self.slots.get_mut(at)?.take()?;
        self.taken();
        Some(item)
    }

    /// Never inlined, so that `pop` is: what comes out of a queue is taken apart at once where it is natively.
    #[inline(never)]
    fn taken(&mut self) {
        self.len -= 1;
        while let Some(None) = self.slots.get(self.head) {
            self.head += 1;
        }
        if self.len == 0 {
            self.base += self.head as u64;
            self.slots.clear();
            self.head = 0;
        } else if self.head >= MANY && self.head > self.slots.len() / 2 {
            // Less than half is moved, so that each item is moved once at most, taken all in all.
            self.base += self.head as u64;
            self.slots.drain(..self.head);
            self.head = 0;
        }
    }
}

/// Fewer empty slots are not worth moving what is behind them.
const MANY: usize = 256;

#[cfg(test)]
mod tests {
    use alloc::collections::VecDeque;

    use super::*;

    #[test]
    fn it_is_a_queue_whatever_is_taken_out_of_it() {
        let (mut queue, mut model) = (Queue::new(), VecDeque::new());
        let mut rng = crate::rng::Rng::new(7);
        for _ in 0..20_000 {
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
}
