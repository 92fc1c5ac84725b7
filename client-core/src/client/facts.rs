//! What is so, right now.

use super::{Client, reconnect::Phase};
use crate::{config::Transport, output::SocketKey, socket::Socket, time::Instant, wire::Wire};

/// The state of a connection.
///
/// ```text
///   Idle ──▶ Connecting ──▶ Connected
///    ▲           │  ▲           │
///    │           ▼  │           │
///    └─────── Reconnecting ◀────┘
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not open, and nothing will change that by itself: not yet opened, closed, or given up.
    Idle,
    /// An attempt is under way; 0 is the one that is no reconnection.
    Connecting {
        /// Its number.
        attempt: u32,
    },
    /// The Engine.IO session stands.
    Connected {
        /// On this transport.
        transport: Transport,
    },
    /// The next attempt waits.
    Reconnecting {
        /// Its number.
        attempt: u32,
        /// When it starts.
        at: Instant,
    },
}

impl<W: Wire> Client<W> {
    /// The state of the connection; each change of it is an event.
    pub fn state(&self) -> State {
        let attempt = self.reconnect.attempt();
        match self.reconnect.phase() {
            Phase::Idle => State::Idle,
            Phase::Opening => State::Connecting { attempt },
            Phase::Waiting => State::Reconnecting { attempt, at: self.reconnect.deadline() },
            Phase::Open => State::Connected {
                transport: self.engine.as_ref().map_or(Transport::Polling, |it| it.transport()),
            },
        }
    }

    /// Whether that namespace is joined (A-41).
    pub fn connected(&self, socket: SocketKey) -> bool {
        self.view(socket).is_some_and(Socket::connected)
    }

    /// Whether it is joined, or will be with the connection (A-41).
    pub fn active(&self, socket: SocketKey) -> bool {
        self.view(socket).is_some_and(Socket::active)
    }

    /// Whether it is closed and every goodbye is said: nothing will happen by itself.
    pub fn is_finished(&self) -> bool {
        matches!(self.reconnect.phase(), Phase::Idle) && self.engine.is_none() && self.leaving.is_empty()
    }

    pub(super) fn view(&self, socket: SocketKey) -> Option<&Socket<W>> {
        self.sockets.get(socket.0 as usize)
    }
}
