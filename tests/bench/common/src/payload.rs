//! The payloads, known to both ends, so that what arrives can be checked.

use serde::{Deserialize, Serialize};

/// After so many messages the payloads repeat.
pub const TEXTS: u64 = 1024;
/// After so many 16 KiB messages the payloads repeat.
pub const BATCHES: u64 = 16;
/// Bytes of one text.
pub const TEXT_LEN: usize = 64;
/// A batch is filled up to so many bytes of JSON.
pub const BATCH_LEN: usize = 16 * 1024;

/// One object of the `in16k` payload; about 105 bytes of JSON. Every client makes *this* of it, strings owned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub id: u64,
    pub symbol: String,
    pub venue: String,
    pub price: f64,
    pub size: u32,
    pub live: bool,
}

/// The `n`th text: 64 bytes that need no escape.
pub fn text(n: u64) -> String {
    format!("{:04} the quick brown fox jumps over the lazy dog, and then again", n % TEXTS)
}

/// All texts, made before the clock starts.
pub fn texts() -> Vec<String> {
    (0..TEXTS).map(text).collect()
}

/// The `n`th batch: as many items as fit in 16 KiB of JSON.
pub fn batch(n: u64) -> Vec<Item> {
    let first = 1_000_000 + (n % BATCHES) * 1000;
    let mut len = "[]".len();
    let mut items = Vec::new();
    for id in first.. {
        let item = Item {
            id,
            symbol: format!("SYM-{:05}", id % 99_991),
            venue: format!("venue number {:03}", id % 997),
            price: f64::from(u32::try_from(id % 40_000).unwrap_or(0)) * 0.25 + 0.25,
            size: u32::try_from(id % 7919).unwrap_or(0),
            live: id % 3 == 0,
        };
        len += serde_json::to_string(&item).map_or(BATCH_LEN, |json| json.len()) + 1;
        if len > BATCH_LEN {
            break;
        }
        items.push(item);
    }
    items
}

/// What a client adds up over the texts it got, to prove that it looked at them.
pub fn text_sum(text: &str) -> u64 {
    text.len() as u64 + u64::from(text.as_bytes().get(3).copied().unwrap_or(0))
}

/// What a client adds up over the batches it got.
pub fn batch_sum(items: &[Item]) -> u64 {
    items.iter().map(|item| u64::from(item.size) + item.symbol.len() as u64 + u64::from(item.live)).sum()
}

/// The sum over the first `count` texts.
pub fn expected_texts(count: u64) -> u64 {
    let round: Vec<u64> = (0..TEXTS).map(|n| text_sum(&text(n))).collect();
    cyclic_sum(&round, count)
}

/// The sum over the first `count` batches.
pub fn expected_batches(count: u64) -> u64 {
    let round: Vec<u64> = (0..BATCHES).map(|n| batch_sum(&batch(n))).collect();
    cyclic_sum(&round, count)
}

fn cyclic_sum(round: &[u64], count: u64) -> u64 {
    round.iter().cycle().zip(0..count).map(|(sum, _)| sum).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_64_bytes() {
        assert!(texts().iter().all(|text| text.len() == TEXT_LEN));
    }

    #[test]
    fn batches_fill_16_kib() {
        for n in 0..BATCHES {
            let json = serde_json::to_string(&batch(n)).expect("a batch is plain data");
            assert!((BATCH_LEN - 128..=BATCH_LEN).contains(&json.len()), "{}", json.len());
        }
    }
}
