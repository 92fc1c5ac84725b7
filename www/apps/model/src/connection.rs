//! The connection, in words.

use std::time::Duration;

use sockeye_wasm::{Lifecycle, ManagerEvent, Socket, State};

/// What is said of the connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Connection {
    #[default]
    Connecting,
    /// By this transport.
    Connected(&'static str),
    Waiting {
        attempt: u32,
        delay: Duration,
    },
    Disconnected,
    /// It does not come back by itself.
    Lost(String),
}

impl Connection {
    /// For the colour of its light.
    pub fn is(&self) -> &'static str {
        match self {
            Self::Connected(_) => "connected",
            Self::Connecting | Self::Waiting { .. } | Self::Disconnected => "connecting",
            Self::Lost(_) => "lost",
        }
    }

    pub fn words(&self) -> String {
        match self {
            Self::Connecting => "connecting".into(),
            Self::Connected(transport) => format!("connected by {transport}"),
            Self::Waiting { attempt, delay } => format!("attempt {attempt} in {:.1} s", delay.as_secs_f32()),
            Self::Disconnected => "disconnected".into(),
            Self::Lost(why) => format!("no connection: {why}"),
        }
    }

    /// What a person can do about it; empty if nothing.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "Try now",
            Self::Lost(_) => "Connect",
            _ => "",
        }
    }
}

/// Follows a socket and its manager.
pub trait Watch {
    /// What is to be said after this, if anything else than before.
    fn connection(&self, socket: &Socket) -> Option<Connection>;
}

impl Watch for ManagerEvent {
    fn connection(&self, socket: &Socket) -> Option<Connection> {
        match self {
            Self::Upgrade(transport) if socket.connected() => Some(Connection::Connected(transport.as_str())),
            Self::ReconnectScheduled { attempt, delay } => {
                Some(Connection::Waiting { attempt: *attempt, delay: *delay })
            }
            Self::ReconnectAttempt(_) => Some(Connection::Connecting),
            _ => None,
        }
    }
}

impl Watch for Lifecycle {
    fn connection(&self, socket: &Socket) -> Option<Connection> {
        match self {
            Self::Connect { .. } => match socket.manager().state() {
                State::Connected { transport } => Some(Connection::Connected(transport.as_str())),
                _ => None,
            },
            Self::Disconnect { .. } if socket.active() => Some(Connection::Disconnected),
            Self::Disconnect { reason, .. } => Some(Connection::Lost(reason.to_string())),
            Self::ConnectError(error) if !socket.active() => Some(Connection::Lost(error.to_string())),
            _ => None,
        }
    }
}
