//! How much a session takes, for those who keep what it does not.

use super::{Engine, Link};
use crate::{ground::Ground, wire::Wire};

impl<W: Wire> Engine<W> {
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
}
