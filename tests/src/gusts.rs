//! What a seed makes of a network: each connection is cut into other pieces, held for other times, and closed more slowly.
//!
//! The same seed and the same order of connections give the same weather.

use std::time::Duration;

use fastrand::Rng;

/// The weather of one direction of one connection.
#[derive(Debug)]
pub(crate) struct Gusts {
    rng: Rng,
    /// Bytes that still come one by one: heads, handshakes and the first frames have a boundary everywhere.
    crumbs: usize,
    /// The largest piece afterwards, until so much has passed that more of them would only take time.
    piece: usize,
    left: usize,
    latency: Duration,
    jitter: Duration,
    bytes_per_second: Option<u32>,
}

/// Which way bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Up,
    Down,
}

impl Gusts {
    /// Of the so-manieth connection.
    pub(crate) fn new(seed: u64, connection: u64, way: Way) -> Self {
        let mut rng = Rng::with_seed(seed);
        // Fast generators begin alike for seeds that are alike: each connection takes a seed from the one before.
        let own = (0..=connection).fold(0, |_, _| rng.u64(..));
        let mut rng = Rng::with_seed(own ^ way as u64);
        Self {
            crumbs: if rng.u8(..4) == 0 { rng.usize(..2_000) } else { 0 },
            piece: 1 << rng.u32(3..17),
            left: 64 << 10,
            latency: Duration::from_micros(rng.u64(..5_000)),
            jitter: Duration::from_micros(rng.u64(1..5_000)),
            bytes_per_second: (rng.u8(..4) == 0).then(|| rng.u32(2_000_000..20_000_000)),
            rng,
        }
    }

    /// How long what was read at once is held.
    pub(crate) fn hold(&mut self) -> Duration {
        self.latency + self.jitter.mul_f64(self.rng.f64())
    }

    /// How much of `left` bytes goes together.
    pub(crate) fn piece(&mut self, left: usize) -> usize {
        if self.left == 0 {
            return left;
        }
        let piece = self.next(left);
        self.left = self.left.saturating_sub(piece);
        piece
    }

    fn next(&mut self, left: usize) -> usize {
        if self.crumbs > 0 {
            self.crumbs -= 1;
            return 1;
        }
        self.rng.usize(1..=self.piece).min(left)
    }

    /// How long so many bytes take.
    pub(crate) fn passage(&self, bytes: usize) -> Duration {
        self.bytes_per_second.map_or(Duration::ZERO, |rate| Duration::from_secs(bytes as u64) / rate)
    }

    /// How long an end takes to be seen.
    pub(crate) fn closing(&mut self) -> Duration {
        Duration::from_millis(self.rng.u64(..40))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a connection makes of a kilobyte.
    fn pieces(seed: u64, connection: u64) -> Vec<(usize, Duration)> {
        let mut gusts = Gusts::new(seed, connection, Way::Down);
        let mut left = 1_000;
        let mut seen = Vec::new();
        while left > 0 {
            let piece = gusts.piece(left);
            seen.push((piece, gusts.hold()));
            left -= piece;
        }
        seen
    }

    #[test]
    fn a_seed_replays() {
        assert_eq!(pieces(7, 3), pieces(7, 3));
    }

    #[test]
    fn connections_and_seeds_differ() {
        assert_ne!(pieces(7, 3), pieces(7, 4));
        assert_ne!(pieces(7, 3), pieces(8, 3));
    }

    #[test]
    fn some_connections_cut_at_every_boundary() {
        let whole = |connection| pieces(1, connection).iter().all(|(piece, _)| *piece == 1);
        assert!((0..100).any(whole));
        assert!(!(0..100).all(whole));
    }
}
