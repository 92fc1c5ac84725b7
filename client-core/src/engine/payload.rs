//! Many packets in one polling body, with U+001E between them (P-50).

#![allow(
    clippy::arithmetic_side_effects,
    reason = "positions in what is in memory, which end far below the largest number"
)]

use crate::wire::{Text, Wire};

/// The packets of a body, one after the other, sliced out of it.
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
        self.at = to + 1;
        Some(packet)
    }
}

const SEPARATOR: u8 = 0x1e;
