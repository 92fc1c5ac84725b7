//! What the world says to the machine.

use crate::{
    config::Span,
    error::{CloseDetails, IoError},
    wire::{Frame, Wire},
};

/// One attempt at one transport. Never reused, so news about a dead one is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransportId(pub(crate) u32);

impl TransportId {
    /// As a number, for drivers that keep their requests in a table.
    pub const fn as_u32(self) -> u32 {
        self.0
    }

    /// The id with this number; an id that was never given out is ignored by the machine.
    pub const fn from_u32(id: u32) -> Self {
        Self(id)
    }
}

/// What the world says. A peer can never make it fail: what is wrong with it becomes an event.
pub enum Input<W: Wire> {
    /// Time has passed; nothing else.
    Timeout,
    /// The GET was answered with success: the whole body.
    Polled {
        /// Of which transport.
        on: TransportId,
        /// Decoded as UTF-8.
        body: W::Text,
    },
    /// The POST was accepted.
    Posted {
        /// Of which transport.
        on: TransportId,
    },
    /// The WebSocket is open.
    Opened {
        /// Which transport.
        on: TransportId,
    },
    /// A WebSocket frame arrived.
    Received {
        /// On which transport.
        on: TransportId,
        /// Its content.
        frame: Frame<W>,
    },
    /// The last [`Io::Send`](crate::Io::Send) has left; more may follow.
    Sent {
        /// On which transport.
        on: TransportId,
    },
    /// The WebSocket was closed, by whichever side.
    Closed {
        /// Which transport.
        on: TransportId,
        /// Code and reason, if there were.
        details: CloseDetails,
    },
    /// A request, or the WebSocket's upgrade, was answered with an HTTP status that is not success.
    Refused {
        /// Of which transport.
        on: TransportId,
        /// HTTP status.
        status: u16,
        /// The start of the body: at most 1 KiB is read.
        body: W::Text,
        /// The header `Retry-After`, if there was one.
        retry_after: Option<Span>,
    },
    /// A request or a socket broke.
    Failed {
        /// Of which transport.
        on: TransportId,
        /// How.
        error: IoError,
    },
    /// The network is gone.
    Offline,
}

impl<W: Wire> Input<W> {
    /// Which transport the news is of; `None` when it is of none.
    pub fn transport(&self) -> Option<TransportId> {
        match self {
            Self::Timeout | Self::Offline => None,
            Self::Polled { on, .. }
            | Self::Posted { on }
            | Self::Opened { on }
            | Self::Received { on, .. }
            | Self::Sent { on }
            | Self::Closed { on, .. }
            | Self::Refused { on, .. }
            | Self::Failed { on, .. } => Some(*on),
        }
    }
}
