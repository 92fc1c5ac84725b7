//! From polling to WebSocket while traffic goes on (section 1.6).

use super::websocket::WebSocket;
use crate::time::Instant;

/// ```text
///                       Opened            "3probe"             polling paused
///   None ──▶ Probing(new) ──▶ Probing(sent) ──▶ Pausing ──────────────────▶ switch: "5" leaves first
///    ▲            │                │               │
///    └────────────┴── abandon ─────┴───────────────┘   wrong answer, close, silence (F052)
/// ```
pub(crate) enum Upgrade {
    /// None under way.
    None,
    /// A second transport is being tried; all traffic stays on the first.
    Probing { socket: WebSocket, probed: bool, deadline: Instant },
    /// It answered: nothing new goes over the first, what is in flight there ends (P-62).
    Pausing { socket: WebSocket, deadline: Instant },
}

impl Upgrade {
    pub(crate) fn begin(socket: WebSocket, deadline: Instant) -> Self {
        Self::Probing { socket, probed: false, deadline }
    }

    pub(crate) fn socket(&mut self) -> Option<&mut WebSocket> {
        match self {
            Self::None => None,
            Self::Probing { socket, .. } | Self::Pausing { socket, .. } => Some(socket),
        }
    }

    /// Whether the probe is to be written now; from then on it is.
    pub(crate) fn ask_probe(&mut self) -> bool {
        match self {
            Self::Probing { socket, probed, .. } if socket.writable() && !*probed => {
                *probed = true;
                socket.ask_send();
                true
            }
            _ => false,
        }
    }

    /// The right answer came; `false` if it was not asked for.
    pub(crate) fn pause(&mut self) -> bool {
        match core::mem::replace(self, Self::None) {
            Self::Probing { socket, probed: true, deadline } => {
                *self = Self::Pausing { socket, deadline };
                true
            }
            other => {
                *self = other;
                false
            }
        }
    }

    /// The transport to go on with, once its probe has been taken by the driver.
    pub(crate) fn finish(&mut self) -> Option<WebSocket> {
        match core::mem::replace(self, Self::None) {
            Self::Pausing { socket, .. } if socket.writable() => Some(socket),
            other => {
                *self = other;
                None
            }
        }
    }

    pub(crate) fn abandon(&mut self) -> Option<WebSocket> {
        match core::mem::replace(self, Self::None) {
            Self::None => None,
            Self::Probing { socket, .. } | Self::Pausing { socket, .. } => Some(socket),
        }
    }

    pub(crate) fn pausing(&self) -> bool {
        matches!(self, Self::Pausing { .. })
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self {
            Self::None => None,
            Self::Probing { deadline, .. } | Self::Pausing { deadline, .. } => Some(*deadline),
        }
    }
}
