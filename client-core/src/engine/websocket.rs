//! One WebSocket: open or not, drained or not.

use crate::input::TransportId;

/// ```text
///          ask_open           Opened            ask_send
///   New ───────────▶ Opening ────────▶ Drained ──────────▶ Sending
///                                         ▲                   │
///                                         └────── Sent ───────┘
/// ```
pub(crate) struct WebSocket {
    pub(crate) id: TransportId,
    phase: Phase,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Opening,
    Drained,
    Sending,
}

impl WebSocket {
    pub(crate) fn new(id: TransportId) -> Self {
        Self { id, phase: Phase::New }
    }

    /// Whether it is to be opened now; from then on it is opening.
    pub(crate) fn ask_open(&mut self) -> bool {
        let ask = self.phase == Phase::New;
        if ask {
            self.phase = Phase::Opening;
        }
        ask
    }

    pub(crate) fn opened(&mut self) -> bool {
        let opened = self.phase == Phase::Opening;
        if opened {
            self.phase = Phase::Drained;
        }
        opened
    }

    pub(crate) fn ask_send(&mut self) {
        self.phase = Phase::Sending;
    }

    pub(crate) fn sent(&mut self) -> bool {
        let sent = self.phase == Phase::Sending;
        if sent {
            self.phase = Phase::Drained;
        }
        sent
    }

    pub(crate) fn writable(&self) -> bool {
        self.phase == Phase::Drained
    }

    pub(crate) fn sending(&self) -> bool {
        self.phase == Phase::Sending
    }
}
