//! The packets of a polling body, which the host has taken apart (P-50).

#![allow(clippy::arithmetic_side_effects, reason = "as many parts as a body has bytes, at most")]

use crate::wire::Wire;

/// The packets of a body, one after the other.
pub(crate) struct Payload<W: Wire> {
    parts: W::Text,
    next: usize,
}

impl<W: Wire> Payload<W> {
    pub(crate) fn new(parts: W::Text) -> Self {
        Self { parts, next: 0 }
    }

    pub(crate) fn next(&mut self) -> Option<W::Text> {
        self.next += 1;
        W::part(&self.parts, self.next - 1)
    }
}
