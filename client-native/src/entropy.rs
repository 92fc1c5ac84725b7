//! A seed for jitter and cache busters; nothing that must stay secret is made from it.

use std::hash::{BuildHasher, RandomState};

/// Differs between processes and between calls: the standard library keys its hash maps with the system's
/// entropy, and each key gives one hash.
pub(crate) fn seed() -> u64 {
    RandomState::new().hash_one("sockeye")
}
