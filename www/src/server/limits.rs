//! What a client may ask of a scenario. Whoever reaches the chat reaches the scenarios too: what is above a limit is cut to it,
//! so that nobody holds the one thread or the memory of all. `tests/servers` has the same.

use std::time::Duration;

use rmpv::Value;

/// Events for one question.
const MOST_EVENTS: u64 = 20_000;
/// Bytes for one question, in however many events or parts.
const MOST_BYTES: u64 = 10_000_000;
/// Parts of one event.
const MOST_PARTS: u64 = 100;
/// Before an answer.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// How many events.
pub(super) fn events(count: u64) -> u64 {
    count.min(MOST_EVENTS)
}

/// How many events, and of which size.
pub(super) fn flood(count: u64, size: u64) -> (u64, usize) {
    let size = size.min(MOST_BYTES);
    (events(count).min(MOST_BYTES / size.max(1)), whole(size))
}

/// How many bytes, and how many parts of that size besides.
pub(super) fn bytes(size: &Value, parts: &Value) -> (usize, usize) {
    let size = number(size).min(MOST_BYTES);
    let fit = (MOST_BYTES / size.max(1)).saturating_sub(1);
    (whole(size), whole(number(parts).min(MOST_PARTS).min(fit)))
}

/// What a client means by a number of milliseconds.
pub(super) fn wait(milliseconds: &Value) -> Duration {
    Duration::from_millis(number(milliseconds)).min(LONGEST_WAIT)
}

/// Nonsense is none.
fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

fn whole(limited: u64) -> usize {
    usize::try_from(limited).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_modest_is_granted() {
        assert_eq!((events(12_000), flood(20, 200_000)), (12_000, (20, 200_000)));
        assert_eq!(bytes(&1_000.into(), &3.into()), (1_000, 3));
        assert_eq!(wait(&2_000.into()), Duration::from_secs(2));
    }

    #[test]
    fn nobody_gets_more_than_the_limits() {
        assert_eq!(events(u64::MAX), MOST_EVENTS);
        assert_eq!(flood(u64::MAX, 0), (MOST_EVENTS, 0));
        assert_eq!(flood(1, u64::MAX), (1, 10_000_000));
        assert_eq!(flood(u64::MAX, 5_000_000), (2, 5_000_000));
        assert_eq!(bytes(&u64::MAX.into(), &u64::MAX.into()), (10_000_000, 0));
        assert_eq!(bytes(&5_000_000.into(), &9.into()), (5_000_000, 1));
        assert_eq!(bytes(&0.into(), &u64::MAX.into()), (0, 100));
        assert_eq!(wait(&u64::MAX.into()), LONGEST_WAIT);
    }

    #[test]
    fn nonsense_is_none() {
        for nonsense in [Value::Nil, "ten".into(), (-1).into(), 1.5.into()] {
            assert_eq!((bytes(&nonsense, &nonsense), wait(&nonsense)), ((0, 0), Duration::ZERO));
        }
    }
}
