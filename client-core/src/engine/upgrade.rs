//! From polling to WebSocket or WebTransport while traffic goes on (section 1.6).

use super::websocket::WebSocket;
use crate::{config::Transport, input::TransportId, time::Instant};

/// ```text
///                       Opened            "3probe"             polling paused
///   None ──▶ Probing(new) ──▶ Probing(sent) ──▶ Pausing ──────────────────▶ switch: "5" leaves first
///    ▲            │                │               │
///    └────────────┴── abandon ─────┴───────────────┘   wrong answer, close, silence (F052)
/// ```
pub(crate) struct Upgrade {
    phase: Phase,
    pub(crate) to: Transport,
    socket: WebSocket,
    deadline: Instant,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// None under way.
    None,
    /// A second transport is being tried; all traffic stays on the first.
    Probing,
    /// The same; the question is written.
    Probed,
    /// It answered: nothing new goes over the first, what is in flight there ends (P-62).
    Pausing,
}

impl Upgrade {
    pub(crate) fn new() -> Self {
        let socket = WebSocket::new(TransportId(0));
        Self { phase: Phase::None, to: Transport::WebSocket, socket, deadline: Instant::NEVER }
    }

    pub(crate) fn begin(&mut self, to: Transport, socket: WebSocket, deadline: Instant) {
        *self = Self { phase: Phase::Probing, to, socket, deadline };
    }

    pub(crate) fn id(&self) -> Option<TransportId> {
        (self.phase != Phase::None).then_some(self.socket.id)
    }

    pub(crate) fn socket(&mut self) -> Option<&mut WebSocket> {
        (self.phase != Phase::None).then_some(&mut self.socket)
    }

    /// Whether the probe is to be written now; from then on it is.
    pub(crate) fn ask_probe(&mut self) -> bool {
        let ask = self.phase == Phase::Probing && self.socket.writable();
        if ask {
            self.phase = Phase::Probed;
            self.socket.ask_send();
        }
        ask
    }

    /// The right answer came; `false` if it was not asked for.
    pub(crate) fn pause(&mut self) -> bool {
        let asked = self.phase == Phase::Probed;
        if asked {
            self.phase = Phase::Pausing;
        }
        asked
    }

    /// The transport to go on with, once its probe has been taken by the driver.
    pub(crate) fn finish(&mut self) -> Option<WebSocket> {
        if self.pausing() && self.socket.writable() { self.abandon() } else { None }
    }

    pub(crate) fn abandon(&mut self) -> Option<WebSocket> {
        let upgrade = core::mem::replace(self, Self::new());
        (upgrade.phase != Phase::None).then_some(upgrade.socket)
    }

    pub(crate) fn pausing(&self) -> bool {
        self.phase == Phase::Pausing
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }
}
