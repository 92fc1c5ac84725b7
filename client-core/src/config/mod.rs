//! Options, with Socket.IO's names and defaults, and every limit by name.

#[cfg(not(feature = "standalone"))]
mod fixed;
#[cfg(feature = "standalone")]
mod open;

#[cfg(not(feature = "standalone"))]
pub use fixed::{Config, Limits};
#[cfg(not(feature = "standalone"))]
pub(crate) use fixed::{Span, millis, span};
#[cfg(feature = "standalone")]
pub use open::{Config, Emit, Limits, Overflow, SocketOptions};
#[cfg(feature = "standalone")]
pub(crate) use open::{Span, millis, span};

/// A transport, in the reference's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// HTTP long-polling.
    Polling,
    /// WebSocket.
    WebSocket,
    /// WebTransport: to the machine a WebSocket whose first packet the driver writes (P-31).
    WebTransport,
}

impl Transport {
    /// The name in the query of a request.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Polling => "polling",
            Self::WebSocket => "websocket",
            Self::WebTransport => "webtransport",
        }
    }
}
