//! Many packets in one polling body, with U+001E between them (P-50).

use alloc::vec::Vec;

use super::packet;
use crate::{
    queue::Queue,
    wire::{Frame, Text, Wire},
};

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

/// Adds to a body as many of the waiting frames as fit into `max` bytes; an empty one always takes the
/// first (P-54).
///
/// A DISCONNECT does not go behind events: servers read a body at once, look at its events a moment later, and
/// ignore those whose namespace was left in the meantime.
pub(crate) fn fill<W: Wire>(packets: &mut Vec<W::Text>, queue: &mut Queue<Frame<W>>, max: usize) {
    let mut size: usize = packets.iter().map(|packet| packet.units() + 1).sum();
    let mut first = packets.is_empty();
    while let Some(frame) = queue.front() {
        if matches!(frame, Frame::Text(text) if is_farewell(text))
            && packets.last().is_some_and(|it| !is_farewell(it))
        {
            break;
        }
        size += encoded_len(frame);
        if size > max && !first {
            break;
        }
        first = false;
        size += 1;
        if let Some(frame) = queue.pop() {
            packets.push(to_text(frame));
        }
    }
}

/// Whether it is a DISCONNECT of some namespace.
fn is_farewell(text: &impl Text) -> bool {
    text.ascii(0) == b'4' && text.ascii(1) == b'1'
}

/// A frame where only text travels.
pub(crate) fn to_text<W: Wire>(frame: Frame<W>) -> W::Text {
    match frame {
        Frame::Text(text) => text,
        Frame::Binary(bytes) => W::to_base64(&bytes).prefixed(packet::BASE64),
    }
}

/// Bytes that a frame takes in a body.
pub(crate) fn encoded_len<W: Wire>(frame: &Frame<W>) -> usize {
    match frame {
        Frame::Text(text) => text.utf8_len(),
        Frame::Binary(bytes) => 1 + W::binary_len(bytes).div_ceil(3) * 4,
    }
}

const SEPARATOR: u8 = 0x1e;
