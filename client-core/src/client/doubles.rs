//! How many milliseconds to wait before the next attempt, in doubles: what a host in JavaScript sets, and half the size.

use crate::{config::Config, rng::Rng};

/// As with `standalone`, where it is tested and explained (Q-01, Q-02, O-44 to O-46).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "milliseconds of which a page may set any number: what is none is 0"
)]
pub(crate) fn delay(config: &Config, failures: u32, rng: &mut Rng) -> u64 {
    let or = |given: u64, default: u64| if given == 0 { default } else { given } as f64;
    let max = or(config.reconnection_delay_max, 5_000);
    let share =
        if (0.0..=1.0).contains(&config.randomization_factor) { config.randomization_factor } else { 0.0 };
    let least = |one: f64, other: f64| if one < other { one } else { other };
    let middle = least(or(config.reconnection_delay, 1_000) * (1_u64 << failures.min(40)) as f64, max);
    let low = middle * (1.0 - share);
    let high = least(middle * (1.0 + share), max);
    (low + (high - low) * f64::from(rng.next()) / 4_294_967_296.0) as u64
}
