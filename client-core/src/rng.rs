//! Chance, from a seed: jitter and cache busters, never secrets.

/// A PCG (XSH-RR 64/32). The same seed gives the same numbers on every platform, so a run can be replayed.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) const fn new(seed: u64) -> Self {
        let mut rng = Self(seed.wrapping_add(INCREMENT));
        rng.step();
        rng
    }

    /// 32 bits, all equally likely.
    pub(crate) const fn next(&mut self) -> u32 {
        let old = self.0;
        self.step();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the generator's output function takes these bits"
        )]
        (((old >> 18 ^ old) >> 27) as u32).rotate_right((old >> 59) as u32)
    }

    const fn step(&mut self) {
        self.0 = self.0.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT);
    }
}

const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
const INCREMENT: u64 = 1_442_695_040_888_963_407;
