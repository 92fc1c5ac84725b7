//! What leaves at once: everything, as the frames that it is. The host joins the body of a POST.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "lengths of what is in memory, which end far below the largest number"
)]

use alloc::vec::Vec;

use super::{Engine, Link, Phase, packet};
use crate::{
    ground::{Ceiling, Ground},
    time::Instant,
    wire::{Frame, Text, Wire},
};

impl<W: Wire> Engine<W> {
    #[expect(clippy::unused_self, reason = "where lengths are counted, it says how long")]
    pub(crate) fn ceiling(&self, _: &Ground) -> Ceiling {
        Ceiling
    }

    /// Whether one more frame may be put behind what waits.
    pub(crate) fn takes_more(&self, ground: &Ground) -> bool {
        self.phase == Phase::Open && self.queue.len() <= ground.config.limits.raw_frames
    }

    /// Whether nothing is to be done but to wait. To be asked when there is nothing to poll.
    pub(crate) fn at_rest(&self) -> bool {
        self.phase == Phase::Open && matches!(&self.link, Link::WebSocket(socket) if socket.writable())
    }

    #[expect(clippy::unused_self, reason = "where someone asks what was lost, it has something to do")]
    pub(super) fn arrived(&self) {}

    /// A frame is on its way that was not asked for.
    pub(crate) fn wrote(&mut self, now: Instant) {
        if let Link::WebSocket(socket) = &mut self.link {
            socket.ask_send();
            self.write_deadline = now.plus(self.ping_timeout);
        }
    }

    /// Puts a frame behind what waits.
    pub(crate) fn push(&mut self, frame: Frame<W>) {
        if self.phase == Phase::Open {
            self.queue.push(frame);
        }
    }

    /// As much of a polling body as the server takes, and the first frame in any case (P-54, P-56). A DISCONNECT does not
    /// go behind events: servers read a body at once, look at its events a moment later, and ignore those whose
    /// namespace was left in the meantime.
    pub(super) fn body(&mut self, ground: &Ground) -> Vec<Frame<W>> {
        let mut frames = Vec::new();
        let mut room = self.max_payload;
        self.push_pong(&mut frames, ground);
        let mut farewells = true;
        while let Some(frame) = self.queue.front() {
            // With the separator; in base64 four characters are three bytes.
            let (size, farewell) = match frame {
                Frame::Text(text) => (text.utf8_len() + 1, text.ascii(0) == b'4' && text.ascii(1) == b'1'),
                Frame::Binary(bytes) => (W::binary_len(bytes) / 3 * 4 + 6, false),
            };
            let full = size > room || frames.len() >= self.max_packets;
            if !frames.is_empty() && (full || farewell && !farewells) {
                break;
            }
            farewells = farewell;
            room = room.saturating_sub(size);
            frames.extend(self.queue.pop());
        }
        frames
    }

    /// The next frames. The word that makes a new transport the session's goes before the pong (P-42).
    pub(super) fn batch(&mut self, ground: &Ground) -> Vec<Frame<W>> {
        let mut frames = Vec::new();
        if core::mem::take(&mut self.switched) {
            frames.push(Frame::Text(W::Text::from_str(packet::UPGRADE)));
        }
        self.push_pong(&mut frames, ground);
        while let Some(frame) = self.queue.pop() {
            frames.push(frame);
        }
        frames
    }

    /// A pong goes before everything else, so that no amount of data delays it.
    fn push_pong(&mut self, frames: &mut Vec<Frame<W>>, ground: &Ground) {
        if core::mem::take(&mut self.pong) {
            frames.push(Frame::Text(W::Text::from_str(packet::PONG)));
        }
        self.write_deadline = ground.now.plus(self.ping_timeout);
    }
}
