//! What a seed makes of a storm: where each connection is struck, and how many go with it.
//!
//! The same seed and the same order of connections give the same strokes, at the same bytes.

use std::time::Duration;

use fastrand::Rng;

use crate::{gusts::Way, words::Ending};

/// What befalls one connection, until it ends.
#[derive(Clone, Debug)]
pub(crate) struct Strokes {
    rng: Rng,
    /// Which of its directions is struck,
    way: Way,
    /// and after how many bytes of it.
    after: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stroke {
    /// This connection ends.
    Connection(Ending),
    /// The link is cut: every connection is reset, and for so long none is taken.
    Link(Duration),
    /// The link is silent: everything stands, and for so long nothing moves.
    Silence(Duration),
}

impl Strokes {
    /// Of the so-manieth connection.
    pub(crate) fn new(seed: u64, connection: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        // Fast generators begin alike for seeds that are alike: each connection takes a seed from the one before.
        let mut rng = Rng::with_seed((0..=connection).fold(0, |_, _| rng.u64(..)));
        let way = if rng.bool() { Way::Up } else { Way::Down };
        let after = distance(&mut rng);
        Self { rng, way, after }
    }

    /// What strikes within so many more bytes, and where.
    pub(crate) fn strike(&mut self, way: Way, bytes: usize) -> Option<(usize, Stroke)> {
        if way != self.way {
            return None;
        }
        if self.after >= bytes {
            self.after -= bytes;
            return None;
        }
        let at = self.after;
        // Silence is survived: the next is counted from what comes next.
        self.after = distance(&mut self.rng);
        let span = Duration::from_millis(self.rng.u64(1..300));
        let stroke = match self.rng.u8(..8) {
            0 => Stroke::Link(span),
            1 => Stroke::Silence(span),
            2 | 3 => Stroke::Connection(Ending::Cut),
            4 => Stroke::Connection(Ending::HalfClosed),
            _ => Stroke::Connection(Ending::Reset),
        };
        Some((at, stroke))
    }
}

/// Often within a head or a handshake, and more often behind them, so that something comes about.
fn distance(rng: &mut Rng) -> usize {
    let far = if rng.u8(..3) == 0 { 500 } else { 8_000 };
    rng.usize(..far)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What befalls some connections within the first 10,000 bytes.
    fn strokes(seed: u64) -> Vec<(Way, usize, Stroke)> {
        let first = |connection| {
            let mut strokes = Strokes::new(seed, connection);
            let way = strokes.way;
            strokes.strike(way, 10_000).map(|(at, stroke)| (way, at, stroke))
        };
        (0..200).filter_map(first).collect()
    }

    #[test]
    fn a_seed_replays() {
        assert_eq!(strokes(7), strokes(7));
        assert_ne!(strokes(7), strokes(8));
    }

    #[test]
    fn everything_befalls_someone_and_nobody_is_spared() {
        let all = strokes(1);
        assert_eq!(all.len(), 200);
        assert!([Way::Up, Way::Down].iter().all(|way| all.iter().any(|it| it.0 == *way)));
        assert!(all.iter().any(|it| matches!(it.2, Stroke::Link(_))));
        assert!(all.iter().any(|it| matches!(it.2, Stroke::Silence(_))));
        for ending in [Ending::Cut, Ending::Reset, Ending::HalfClosed] {
            assert!(all.iter().any(|it| it.2 == Stroke::Connection(ending)), "{ending:?}");
        }
    }

    #[test]
    fn it_is_the_same_byte_however_they_come() {
        for connection in 0..200 {
            let (mut one, mut other) = (Strokes::new(1, connection), Strokes::new(1, connection));
            let (at, stroke) = one.strike(one.way, 10_000).expect("nobody is spared");
            let way = other.way;
            assert!((0..at).all(|_| other.strike(way, 1).is_none()));
            assert_eq!(other.strike(way, 1), Some((0, stroke)));
        }
    }
}
