//! Many packets in one polling body, with U+001E between them (P-50).

#![allow(
    clippy::arithmetic_side_effects,
    reason = "positions in what is in memory, which end far below the largest number"
)]

use crate::wire::{Text, Wire};

/// The packets of a body, one after the other: sliced out of it, but for small ones of a large body. Whoever keeps
/// those must not keep the body, as limits count what is kept (F117).
pub(crate) struct Payload<W: Wire> {
    body: W::Text,
    /// Where the next packet starts; past the end when there is none.
    at: usize,
}

impl<W: Wire> Payload<W> {
    pub(crate) fn new(body: W::Text) -> Self {
        Self { body, at: 0 }
    }

    /// An empty body holds one empty packet, which is an error to whoever decodes it (F015).
    pub(crate) fn next(&mut self) -> Option<W::Text> {
        let end = self.body.units();
        if self.at > end {
            return None;
        }
        let to = self.body.find(SEPARATOR, self.at);
        let packet = self.body.slice(self.at, to);
        let is_small = (to - self.at).saturating_mul(SMALL) < end;
        self.at = to + 1;
        Some(if is_small && end > LARGE { W::Text::from_str(packet.to_str()) } else { packet })
    }
}

const SEPARATOR: u8 = 0x1e;
/// In units.
const LARGE: usize = 4_096;
/// What is less than one part in so many.
const SMALL: usize = 8;
