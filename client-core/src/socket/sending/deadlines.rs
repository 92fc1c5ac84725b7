//! Which of many deadlines is the next, where most of them never pass.

use alloc::collections::BinaryHeap;
use core::cmp::Reverse;

use crate::time::Instant;

/// The deadlines of what waits in a queue, by number. What has one often goes before it passes: then its deadline stays
/// until it is the first, or until most of them are such.
pub(crate) struct Deadlines {
    heap: BinaryHeap<Reverse<(Instant, u64)>>,
    /// Not after the first of those that wait; asked for so often that it is kept at hand.
    alarm: Instant,
}

impl Deadlines {
    pub(crate) fn new() -> Self {
        Self { heap: BinaryHeap::new(), alarm: Instant::NEVER }
    }

    pub(crate) fn push(&mut self, deadline: Instant, number: u64) {
        if deadline != Instant::NEVER {
            self.alarm = self.alarm.min(deadline);
            self.heap.push(Reverse((deadline, number)));
        }
    }

    /// The next of those `waits` whose deadline has passed: the earliest first, then in the order of numbers.
    pub(crate) fn passed(&mut self, now: Instant, waits: impl Fn(u64) -> bool) -> Option<u64> {
        if self.alarm > now {
            return None;
        }
        while let Some(&Reverse((deadline, number))) = self.heap.peek() {
            let waits = waits(number);
            if waits && deadline > now {
                self.alarm = deadline;
                return None;
            }
            self.heap.pop();
            if waits {
                return Some(number);
            }
        }
        self.alarm = Instant::NEVER;
        None
    }

    /// Something has gone from the queue, in which so many wait.
    pub(crate) fn tidy(&mut self, left: usize, waits: impl Fn(u64) -> bool) {
        if self.heap.is_empty() {
            return;
        }
        if left == 0 {
            self.heap.clear();
            self.alarm = Instant::NEVER;
        } else if self.heap.len() > MANY && self.heap.len() / 2 > left {
            self.heap.retain(|&Reverse((_, number))| waits(number));
        }
    }

    pub(crate) fn alarm(&self) -> Instant {
        self.alarm
    }
}

/// With fewer they are not worth looking through.
const MANY: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_millis(5);

    #[test]
    fn the_earliest_is_the_first_whatever_was_the_first_to_come() {
        let mut deadlines = Deadlines::new();
        for (number, millis) in [7, 5, 3, 5, 6].into_iter().enumerate() {
            deadlines.push(Instant::from_millis(millis), number as u64);
        }
        let passed = core::iter::from_fn(|| deadlines.passed(NOW, |it| it != 1));
        assert!(passed.eq([2, 3]));
        assert_eq!(deadlines.alarm(), Instant::from_millis(6));
    }

    #[test]
    fn one_that_waits_does_not_keep_the_deadlines_of_others() {
        let mut deadlines = Deadlines::new();
        for number in 0..if cfg!(miri) { 2_000 } else { 100_000 } {
            deadlines.push(NOW, number);
            deadlines.tidy(1, |it| it == 0);
        }
        assert!(deadlines.heap.len() <= MANY + 1, "{}", deadlines.heap.len());
        assert_eq!(deadlines.passed(NOW, |it| it == 0), Some(0));
        deadlines.tidy(0, |_| false);
        assert_eq!(deadlines.alarm(), Instant::NEVER);
    }
}
