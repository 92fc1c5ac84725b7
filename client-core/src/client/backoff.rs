//! How many milliseconds to wait before the next attempt.

use crate::{
    config::{Config, millis},
    rng::Rng,
};

/// The delay before the attempt that follows `failures` others: the first delay doubled for each, up to the
/// longest, and then spread by the jitter to either side, but never beyond the longest.
///
/// The cap comes first: the reference caps last, so that from the fifth attempt on every client waits the same
/// 5,000 ms, and after 1,015 failures its power overflows and half of the waits become none.
pub(crate) fn delay(config: &Config, failures: u32, rng: &mut Rng) -> u64 {
    let or = |span, default| match millis(span) {
        0 => default,
        given => given,
    };
    let (first, max) = (or(config.reconnection_delay, 1_000), or(config.reconnection_delay_max, 5_000));
    let doubled = first.saturating_mul(1 << failures.min(40));
    let share =
        if (0.0..=1.0).contains(&config.randomization_factor) { config.randomization_factor } else { 0.0 };
    let middle = if config.cap_after_jitter { doubled } else { doubled.min(max) };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a delay, which is far below 2^53 ms where it matters"
    )]
    let spread = (middle as f64 * share) as u64;
    let low = middle.saturating_sub(spread);
    let high = middle.saturating_add(spread);
    let high = if config.cap_after_jitter { high } else { high.min(max) };
    let width = high.saturating_sub(low);
    let chance = u64::from(rng.next());
    // Both factors fit: a width beyond 2^32 ms is fifty days.
    let millis = low.saturating_add(width.saturating_mul(chance) >> 32);
    millis.min(max.max(low.min(max)))
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    fn delays(change: impl Fn(&mut Config), failures: u32) -> (u64, u64) {
        let mut config = Config::new("http://h");
        change(&mut config);
        let mut rng = Rng::new(7);
        let all: alloc::vec::Vec<_> = (0..2_000).map(|_| delay(&config, failures, &mut rng)).collect();
        (all.iter().copied().min().expect("some"), all.iter().copied().max().expect("some"))
    }

    #[test]
    fn it_doubles_and_is_spread() {
        // O-44 to O-46
        for (failures, low, high) in
            [(0, 500, 1_500), (1, 1_000, 3_000), (2, 2_000, 5_000), (3, 2_500, 5_000)]
        {
            let (min, max) = delays(|_| (), failures);
            assert!(min >= low && min < low + low / 5, "{failures}: {min}");
            assert!(max <= high && max > high - high / 10, "{failures}: {max}");
        }
    }

    #[test]
    fn it_never_overflows_nor_becomes_nothing() {
        // F104
        for failures in [5, 63, 64, 1_015, u32::MAX] {
            let (min, max) = delays(|_| (), failures);
            assert!(min >= 2_500 && max <= 5_000 && max - min > 2_000, "{failures}: {min} to {max}");
        }
    }

    #[test]
    fn zero_means_the_default() {
        // O-44, O-45
        let zero = |c: &mut Config| {
            c.reconnection_delay = Duration::ZERO;
            c.reconnection_delay_max = Duration::ZERO;
            c.randomization_factor = 0.0;
        };
        assert_eq!((delays(zero, 0), delays(zero, 9)), ((1_000, 1_000), (5_000, 5_000)));
    }

    #[test]
    fn the_references_own_way_can_be_had() {
        // all at the cap
        assert_eq!(delays(|c| c.cap_after_jitter = true, 5), (5_000, 5_000));
    }
}
