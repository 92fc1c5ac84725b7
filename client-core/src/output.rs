//! What the machine asks of its driver, and what it tells the application.

#[cfg(feature = "standalone")]
use alloc::string::String;
use alloc::vec::Vec;

use crate::{
    config::{Span, Transport},
    error::{AckError, CloseDetails, ConnectError, DisconnectReason},
    input::TransportId,
    wire::{Frame, Wire},
};

/// What the machine wants: done, or known.
pub enum Output<W: Wire> {
    /// For the driver to do.
    Io(Io<W>),
    /// For the application to know.
    Event(Event<W>),
}

/// The address of a request; a host that builds them itself is given none.
#[cfg(feature = "standalone")]
pub(crate) type Url = String;
#[cfg(not(feature = "standalone"))]
pub(crate) type Url = ();

/// The body of a POST; a host that joins it itself is given the frames.
#[cfg(feature = "standalone")]
pub(crate) type Body<W> = <W as Wire>::Text;
#[cfg(not(feature = "standalone"))]
pub(crate) type Body<W> = Vec<Frame<W>>;

/// What a driver must do. Results come back as [`Input`](crate::Input) with the same id.
pub enum Io<W: Wire> {
    /// Send a GET; answer with `Polled`, `Refused` or `Failed`.
    Get {
        /// Of which transport.
        on: TransportId,
        /// Absolute.
        url: Url,
    },
    /// Send a POST of `text/plain;charset=UTF-8` (P-16); answer with `Posted`, `Refused` or `Failed`.
    Post {
        /// Of which transport.
        on: TransportId,
        /// Absolute.
        url: Url,
        /// At most the server's `maxPayload` long.
        body: Body<W>,
    },
    /// Open a WebSocket; answer with `Opened`, `Refused` or `Failed`.
    Open {
        /// Which transport.
        on: TransportId,
        /// Of which kind. Over WebTransport, for which the application must have asked, the driver writes the
        /// open packet before it answers (P-31).
        transport: Transport,
        /// Absolute, `ws` or `wss`; `https`, without a query, for WebTransport.
        url: Url,
    },
    /// Write these frames in this order; answer with `Sent` when they have left.
    Send {
        /// On which transport.
        on: TransportId,
        /// Never empty.
        frames: Vec<Frame<W>>,
    },
    /// Let go: abort requests, close the socket. No answer is expected, and none is harmful.
    Close {
        /// Which transport.
        on: TransportId,
    },
}

/// What the application may want to know of the connection; of a namespace, in [`Event::Socket`].
#[non_exhaustive]
pub enum Event<W: Wire> {
    /// The Engine.IO connection stands; namespaces join now.
    Open,
    /// The server's heartbeat was answered.
    Ping,
    /// The connection moved to this transport.
    Upgrade(Transport),
    /// The upgrade failed; the connection stays where it is (P-64).
    UpgradeError(ConnectError<W>),
    /// The connection is gone.
    Close {
        /// Why.
        reason: DisconnectReason,
        /// What more is known.
        details: CloseDetails,
    },
    /// A connection attempt failed.
    Error(ConnectError<W>),
    /// The next attempt starts after `delay`, unless `reconnect_in` says otherwise (1 is the first attempt).
    ReconnectScheduled {
        /// Which one.
        attempt: u32,
        /// From now.
        delay: Span,
    },
    /// This attempt starts now.
    ReconnectAttempt(u32),
    /// This attempt succeeded.
    Reconnect(u32),
    /// This attempt failed.
    ReconnectError(ConnectError<W>),
    /// No more attempts: the limit, a veto, reconnection switched off, or a failure that trying again cannot mend.
    ReconnectFailed,
    /// The end of a drain: nothing waits any more, or the deadline passed, or someone closed everything.
    Drained {
        /// Whether nothing was lost: all that waited has left, and every answer has come. Not so when an event was
        /// dropped, when an answer did not come in time, or when the connection broke, or a goodbye was cut short,
        /// before what was written had left; unless it was sent again, as with
        /// [`retries`](crate::SocketOptions::retries).
        complete: bool,
    },
    /// Something happened in a namespace.
    Socket {
        /// In which one.
        socket: SocketKey,
        /// What.
        event: SocketEvent<W>,
    },
}

/// A namespace of one client, as a number: the order in which they were first named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketKey(pub(crate) u32);

impl SocketKey {
    /// As a number.
    pub const fn as_u32(self) -> u32 {
        self.0
    }

    /// The key with this number; one that was never given out does nothing.
    pub const fn from_u32(key: u32) -> Self {
        Self(key)
    }
}

/// What happened in a namespace.
#[non_exhaustive]
pub enum SocketEvent<W: Wire> {
    /// Answer with `authenticate`, within `auth_timeout`.
    AuthRequired,
    /// Joined.
    Connect {
        /// The server's id of this socket; not the session's, which is a secret (P-33).
        id: W::Text,
        /// Whether the lost session was found again, and if not, why.
        recovery: Recovery,
    },
    /// Not joined.
    ConnectError(ConnectError<W>),
    /// Left.
    Disconnect {
        /// Why.
        reason: DisconnectReason,
        /// What more is known.
        details: CloseDetails,
    },
    /// An event arrived.
    Event {
        /// The first is its name.
        args: W::Args,
        /// If the server wants an answer.
        ack: Option<AckToken>,
    },
    /// An emit that asked for an answer is settled; exactly once for each.
    Ack {
        /// Which.
        emit: EmitId,
        /// The answer, or why there is none.
        result: Result<W::Args, AckError>,
    },
    /// An emit without an answer was dropped before it left: a limit, or its time to live.
    Dropped {
        /// Which.
        emit: EmitId,
    },
    /// The send buffer was full, and half of it is free again.
    Drain,
    /// An event leaves (only with [`SocketOptions::outgoing`](crate::SocketOptions)).
    Outgoing {
        /// The first is its name.
        args: W::Args,
    },
}

/// What became of the session that was lost (section 1.9).
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recovery {
    /// There was none: the first connect.
    New,
    /// Found: the missed events were delivered before this.
    Recovered,
    /// The server does not keep sessions, or this client was told not to ask.
    Disabled,
    /// No event had carried an offset, so the server cannot know what was missed (P-105).
    NoOffset,
    /// The server did not find it: too old, another node, or it was left on purpose.
    NotFound,
    /// Found, but more came than the receive buffer holds: some events are lost (F095).
    Overflowed,
}

impl Recovery {
    /// Whether nothing was missed.
    pub const fn recovered(self) -> bool {
        matches!(self, Self::Recovered)
    }
}

/// One `emit`, through all its retries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmitId(pub(crate) u64);

impl EmitId {
    /// After every emit there is.
    #[cfg(feature = "standalone")]
    pub(crate) const NONE: Self = Self(u64::MAX);

    /// As a number.
    pub const fn as_u64(self) -> u64 {
        self.0
    }

    /// The emit with this number; one that was never given out is nobody's.
    pub const fn from_u64(emit: u64) -> Self {
        Self(emit)
    }
}

/// Where ids come from: they grow with time, so they also say who waits longest.
#[cfg(feature = "standalone")]
#[derive(Default)]
pub(crate) struct Emits(u64);

#[cfg(feature = "standalone")]
impl Emits {
    pub(crate) fn next(&mut self) -> EmitId {
        self.0 = self.0.wrapping_add(1);
        EmitId(self.0)
    }
}

/// The right to answer one event, once, in the session it came in.
#[derive(Debug, PartialEq, Eq)]
pub struct AckToken {
    pub(crate) socket: SocketKey,
    pub(crate) session: u32,
    pub(crate) id: u64,
}

/// For hosts that can only keep numbers. Whoever makes a token of them sees to it that it is spent once.
impl AckToken {
    /// The session that the event came in; never 0.
    pub const fn session(&self) -> u32 {
        self.session
    }

    /// The number that the server gave the event.
    pub const fn id(&self) -> u64 {
        self.id
    }

    /// The token of those numbers.
    pub const fn from_numbers(socket: SocketKey, session: u32, id: u64) -> Self {
        Self { socket, session, id }
    }
}
