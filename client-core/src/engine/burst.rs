//! What leaves at once: counted in bytes, so that those who keep what does not fit know.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "lengths of what is in memory, which end far below the largest number"
)]

use alloc::vec::Vec;

use super::{Engine, Link, Phase, packet};
use crate::{
    ground::{Ceiling, Ground},
    queue::Queue,
    wire::{Frame, Text, Wire},
};

/// What nobody sends again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Once {
    /// All of it, or there was none.
    Arrived,
    /// Some of it waits, or is on its way.
    Pending,
    /// The session ended with that.
    Lost,
}

impl Once {
    pub(super) fn ended(&mut self) {
        if *self == Self::Pending {
            *self = Self::Lost;
        }
    }
}

impl<W: Wire> Engine<W> {
    /// The longest frames that the server takes: bytes that travel as text grow by a third.
    pub(crate) fn ceiling(&self, ground: &Ground) -> Ceiling {
        let text = self.max_payload;
        let as_text = ground.config.force_base64 || matches!(self.link, Link::Polling(_));
        let binary = if as_text { text.saturating_sub(1) / 4 * 3 } else { text };
        Ceiling { text, binary }
    }

    /// How many bytes may be pushed for the next write; none while one is under way.
    pub(crate) fn room(&self, ground: &Ground) -> usize {
        let limit = ground.config.limits.write_batch;
        let limit = match &self.link {
            Link::Polling(_) => self.max_payload.min(limit),
            Link::WebSocket(_) => limit,
        };
        if self.writable() { limit.saturating_sub(self.queued) } else { 0 }
    }

    /// Whether everything pushed has left.
    pub(crate) fn is_flushed(&self) -> bool {
        let writing = match &self.link {
            Link::Polling(polling) => polling.posting(),
            Link::WebSocket(socket) => socket.sending(),
        };
        self.queue.is_empty() && !writing
    }

    /// A write has arrived.
    pub(super) fn arrived(&mut self) {
        if self.once == Once::Pending && self.is_flushed() {
            self.once = Once::Arrived;
        }
    }

    /// Something was pushed that nobody sends again.
    pub(crate) fn hold(&mut self) {
        self.once = Once::Pending;
    }

    /// Whether something of that has yet to leave.
    pub(crate) fn holds(&self) -> bool {
        self.once == Once::Pending
    }

    /// Whether the session ended with something of that.
    pub(crate) fn has_lost(&self) -> bool {
        self.once == Once::Lost
    }

    /// Whether what is pushed now leaves with the next write.
    pub(crate) fn writable(&self) -> bool {
        self.phase == Phase::Open
            && !self.upgrade.pausing()
            && match &self.link {
                Link::Polling(polling) => polling.writable(),
                Link::WebSocket(socket) => socket.writable(),
            }
    }

    /// Whether a message that nobody counts may be put behind what waits.
    pub(crate) fn takes_more(&self, ground: &Ground) -> bool {
        self.phase == Phase::Open && self.queued <= ground.config.limits.raw_bytes
    }

    /// Puts a message that is not Socket.IO's behind what waits; `false` when there is no session to
    /// take it, or too much waits.
    pub(crate) fn push_raw(&mut self, message: Frame<W>, ground: &Ground) -> bool {
        let takes = self.takes_more(ground);
        if takes {
            self.push(match message {
                Frame::Text(text) => Frame::Text(text.prefixed(packet::MESSAGE)),
                bytes @ Frame::Binary(_) => bytes,
            });
            self.hold();
        }
        takes
    }

    /// Puts a frame behind what waits.
    pub(crate) fn push(&mut self, frame: Frame<W>) {
        if matches!(self.phase, Phase::Open) {
            self.queued = self.queued.saturating_add(frame.len());
            self.queue.push(frame);
        }
    }

    /// The next polling body. A pong goes before everything, so that no amount of data delays it.
    pub(super) fn body(&mut self, ground: &Ground) -> W::Text {
        let max = self.max_payload.min(ground.config.limits.write_batch);
        let mut packets = Vec::new();
        if core::mem::take(&mut self.pong) {
            packets.push(W::Text::from_str(packet::PONG));
        }
        fill::<W>(&mut packets, &mut self.queue, max, self.max_packets);
        self.written(ground);
        W::Text::joined(packets)
    }

    /// The next burst of frames. The word that makes a new transport the session's goes before the pong (P-42).
    pub(super) fn batch(&mut self, ground: &Ground) -> Vec<Frame<W>> {
        let limit = ground.config.limits.write_batch;
        let mut frames = Vec::with_capacity(self.queue.len() + 1);
        let mut size = 0_usize;
        if core::mem::take(&mut self.switched) {
            frames.push(Frame::Text(W::Text::from_str(packet::UPGRADE)));
        }
        if core::mem::take(&mut self.pong) {
            frames.push(Frame::Text(W::Text::from_str(packet::PONG)));
        }
        while size <= limit
            && let Some(frame) = self.queue.pop()
        {
            size = size.saturating_add(frame.len());
            frames.push(if ground.config.force_base64 { Frame::Text(to_text(frame)) } else { frame });
        }
        self.written(ground);
        frames
    }

    fn written(&mut self, ground: &Ground) {
        self.queued = self.queue.iter().map(Frame::len).sum();
        self.write_deadline = ground.now.plus(self.ping_timeout);
    }
}

/// Adds to a body as many of the waiting frames as fit into `max` bytes and `count` packets; an empty one always
/// takes the first (P-54, P-56).
///
/// A DISCONNECT does not go behind events: servers read a body at once, look at its events a moment later, and
/// ignore those whose namespace was left in the meantime.
fn fill<W: Wire>(packets: &mut Vec<W::Text>, queue: &mut Queue<Frame<W>>, max: usize, count: usize) {
    let mut size: usize = packets.iter().map(|packet| packet.units() + 1).sum();
    let mut first = packets.is_empty();
    while let Some(frame) = queue.front() {
        if matches!(frame, Frame::Text(text) if is_farewell(text))
            && packets.last().is_some_and(|it| !is_farewell(it))
        {
            break;
        }
        size += encoded_len(frame);
        if (size > max || packets.len() >= count) && !first {
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
fn to_text<W: Wire>(frame: Frame<W>) -> W::Text {
    match frame {
        Frame::Text(text) => text,
        Frame::Binary(bytes) => W::to_base64(&bytes).prefixed(packet::BASE64),
    }
}

/// Bytes that a frame takes in a body.
fn encoded_len<W: Wire>(frame: &Frame<W>) -> usize {
    match frame {
        Frame::Text(text) => text.utf8_len(),
        Frame::Binary(bytes) => 1 + W::binary_len(bytes).div_ceil(3) * 4,
    }
}
