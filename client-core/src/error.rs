//! What can go wrong, by whose fault it is.
//!
//! | type | whose fault |
//! |---|---|
//! | [`ConnectError`] | the network's or the server's: a connection or a namespace could not be joined |
//! | [`DisconnectReason`] | why a connection that stood is gone |
//! | [`ParseError`] | the peer's: its bytes are not the protocol |
//! | [`AckError`] | nobody's: an answer did not come |
//! | [`EmitError`] | the application's own: the call was refused |
//!
//! They are codes; with the feature `text` each says in words what was tried, what came back and what to do.
//! None holds a session id, a token or a cookie (F122).

#[cfg(feature = "standalone")]
use alloc::{format, string::String};

use crate::{config::Span, wire::Wire};

/// What a driver adds in words; a host in JavaScript keeps its own.
#[cfg(feature = "standalone")]
pub(crate) type Words = String;
#[cfg(not(feature = "standalone"))]
pub(crate) type Words = ();

/// What a server says in words; such a host has the body.
#[cfg(feature = "standalone")]
pub(crate) type Said<W> = <W as Wire>::Text;
#[cfg(not(feature = "standalone"))]
pub(crate) type Said<W> = core::marker::PhantomData<W>;

/// What a driver says about a request or a socket that broke.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "standalone"), derive(Copy))]
pub struct IoError {
    /// What broke.
    pub kind: IoErrorKind,
    /// In the words of the driver's library, without secrets; may be empty.
    pub message: Words,
}

#[cfg(feature = "standalone")]
impl IoError {
    /// Whether this body of a POST's answer is `ok`, in any case of letters; the start of a longer one will do. Whoever
    /// answers something else has not taken what was posted (F032, P-18).
    pub fn unless_ok(body: &[u8]) -> Result<(), Self> {
        if body.trim_ascii().eq_ignore_ascii_case(b"ok") {
            return Ok(());
        }
        let message = format!(
            "a POST was answered with {:?} in place of \"ok\": what answers there is no Engine.IO server, and may have lost \
             what was sent",
            String::from_utf8_lossy(body)
        );
        Err(Self { kind: IoErrorKind::Protocol, message })
    }

    /// How much of such a body is enough to tell, whatever the limit of what is kept of it.
    pub const LONGEST_OK: usize = 16;
}

/// What broke in a driver.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IoErrorKind {
    /// The host's name could not be resolved.
    Dns,
    /// No connection came about, or it was lost.
    Connect,
    /// The certificate was not accepted, or TLS failed otherwise (F120).
    Tls,
    /// The proxy refused, or is none (F125).
    Proxy,
    /// A deadline of the driver passed.
    Timeout,
    /// The peer broke HTTP or WebSocket framing (F043).
    Protocol,
    /// The peer sent more than the limit (F022, F023, F044).
    TooLarge,
    /// The server redirects to another origin, or too often (F012).
    Redirect,
    /// Anything else.
    Other,
}

/// Why a connection or a namespace could not be joined.
///
/// ```
/// # use sockeye_core::{ConnectError, Json};
/// /// What to tell a person.
/// fn words(error: &ConnectError<Json>) -> String {
///     match error {
///         // The server's own words; `data` of its error is in the body.
///         ConnectError::Refused { message, .. } => format!("You may not come in: {message}"),
///         ConnectError::Http { status: 503, .. } => "The server is busy".to_owned(),
///         other if other.is_fatal() => format!("It is of no use to try again: {other}"),
///         other => format!("No connection yet: {other}"),
///     }
/// }
/// assert_eq!(words(&ConnectError::Timeout), "No connection yet: timeout: the server did not answer in time");
/// ```
#[non_exhaustive]
pub enum ConnectError<W: Wire> {
    /// The network failed.
    Io(IoError),
    /// The server answered the handshake, or the WebSocket upgrade, with an HTTP error (P-20).
    Http {
        /// HTTP status.
        status: u16,
        /// The server's own code, 0 to 5, if its body has one: as a number or as a string (F001).
        code: Option<u8>,
        /// The server's own message, or the start of the body; at most 1 KiB.
        message: Said<W>,
        /// How long the server asks to wait (F034).
        retry_after: Option<Span>,
    },
    /// Something answered that is not an Engine.IO 4 server (F002).
    Protocol(ParseError),
    /// Neither handshake nor answer in time: O-47 for the connection, F013 for a namespace.
    Timeout,
    /// The connection was closed before it was established (Q-14).
    Closed,
    /// The server's middleware refused, or there is no such namespace (P-89).
    Refused {
        /// The server's message.
        message: Said<W>,
        /// The whole body as JSON; `data` of the server's error is in it.
        body: W::Text,
    },
    /// A Socket.IO 2 server, or one that speaks Engine.IO 3 (F003).
    Incompatible,
    /// The application's own provider of auth refused, or did not answer in time (F103).
    Auth,
    /// The list of transports is empty (O-08).
    NoTransports,
    /// The name has a comma or is too long (F067), or as many namespaces as the limit allows are there (F101).
    Namespace,
}

/// Why a connection that stood, or a socket on it, is gone (A-101).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DisconnectReason {
    /// The server disconnected this namespace; it is not joined again by itself.
    IoServerDisconnect,
    /// The application disconnected.
    IoClientDisconnect,
    /// No ping came in time (P-40).
    PingTimeout,
    /// The connection was closed: by the server, by the network, because the network is gone.
    TransportClose,
    /// The connection broke, or the peer broke Engine.IO.
    TransportError,
    /// The peer broke Socket.IO.
    ParseError,
    /// The application closed the connection under its sockets, or the last of them left (A-27).
    ForcedClose,
}

impl DisconnectReason {
    /// In the words of the reference client.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IoServerDisconnect => "io server disconnect",
            Self::IoClientDisconnect => "io client disconnect",
            Self::PingTimeout => "ping timeout",
            Self::TransportClose => "transport close",
            Self::TransportError => "transport error",
            Self::ParseError => "parse error",
            Self::ForcedClose => "forced close",
        }
    }
}

/// What more is known about a disconnect (A-102).
#[non_exhaustive]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "standalone"), derive(Copy))]
pub enum CloseDetails {
    /// Nothing.
    #[default]
    None,
    /// The WebSocket was closed with this code and reason; 1006 when it ended without a close frame.
    WebSocket {
        /// RFC 6455 section 7.4.
        code: u16,
        /// The peer's words.
        reason: Words,
    },
    /// The server sent an Engine.IO close packet (P-53).
    ByServer,
    /// The network is gone (A-120), or the page is put away in a browser's cache (F131).
    Offline,
    /// A request or the socket broke.
    Io(IoError),
    /// The server answered a request in mid-session with this HTTP status (F033).
    Http {
        /// HTTP status.
        status: u16,
        /// The server's own code (P-20).
        code: Option<u8>,
    },
    /// The peer sent what is not the protocol.
    Parse(ParseError),
}

/// What a loss is to an attempt that it ends.
#[cfg(feature = "standalone")]
impl<W: Wire> From<&CloseDetails> for ConnectError<W>
where
    Said<W>: Default,
{
    fn from(details: &CloseDetails) -> Self {
        match details {
            CloseDetails::Http { status, code } => {
                Self::Http { status: *status, code: *code, message: Said::<W>::default(), retry_after: None }
            }
            CloseDetails::Io(error) => Self::Io(error.clone()),
            CloseDetails::Parse(error) => Self::Protocol(*error),
            _ => Self::Closed,
        }
    }
}

/// What the peer got wrong.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParseError {
    /// An Engine.IO packet without a type (P-05, F015).
    EmptyPacket,
    /// An Engine.IO type that does not exist (P-05, F016).
    UnknownPacket,
    /// An Engine.IO packet where it makes no sense: a second handshake (F009).
    UnexpectedPacket,
    /// Not standard base64 with padding (B-09, F018).
    Base64,
    /// More packets in one polling body than the limit (F015).
    TooManyPackets,
    /// Not an Engine.IO handshake (F002).
    Handshake,
    /// The handshake's `sid` is missing, empty, too long or not text (F004).
    HandshakeSid,
    /// The handshake's `pingInterval` or `pingTimeout` is missing or not a positive number (F005).
    HandshakeHeartbeat,
    /// The handshake's `maxPayload` is not a positive number (F008).
    HandshakeMaxPayload,
    /// A Socket.IO packet without content (F017).
    EmptyMessage,
    /// A Socket.IO type that does not exist (B-11, F063).
    UnknownType,
    /// The attachment count is not a number from 1 (B-15, F064, F065).
    IllegalAttachments,
    /// More attachments than the limit (B-16, F066).
    TooManyAttachments,
    /// More bytes in the attachments of one packet than the limit, or they took too long (F084).
    AttachmentsTooLarge,
    /// The namespace is longer than the limit (F067).
    Namespace,
    /// The ack id is not a number, is too large, or is missing in an answer (B-19, B-20, F068, F069).
    Id,
    /// The payload does not fit the packet's type (B-12, B-13, F070, F072, F074, F078).
    Payload,
    /// Bytes that no packet announced (B-17, F080).
    UnexpectedBinary,
    /// Text where announced bytes had to follow (B-17, F081).
    UnexpectedText,
    /// More undelivered news than the limit: the peer sends faster than the driver takes.
    Overrun,
}

/// Why an answer did not come (A-71).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AckError {
    /// Its time was up. If the event had not left yet, it will not.
    TimedOut,
    /// The connection was lost after the event had left; the server may have seen it.
    Disconnected,
    /// The event was dropped before it left: a limit, its time to live, or volatile.
    Dropped,
}

/// Why a call was refused. The arguments come back where there were some.
#[non_exhaustive]
pub enum EmitError<W: Wire> {
    /// The buffer is full, by count or bytes, and its policy is to reject (F113).
    BufferFull(W::Args),
    /// More answers are awaited than the limit (F101).
    TooManyAcks(W::Args),
    /// The event alone is larger than the server accepts (F030, F119).
    TooLarge(W::Args),
    /// More attachments than the limit, at which servers drop the connection (P-85).
    TooManyAttachments(W::Args),
    /// The server refused this namespace; `connect` first (F092).
    NotConnected(W::Args),
    /// The socket is being drained: it takes nothing new.
    Draining(W::Args),
}

impl<W: Wire> EmitError<W> {
    /// The arguments, to try again with.
    pub fn into_args(self) -> W::Args {
        match self {
            Self::BufferFull(args)
            | Self::TooManyAcks(args)
            | Self::TooLarge(args)
            | Self::TooManyAttachments(args)
            | Self::NotConnected(args)
            | Self::Draining(args) => args,
        }
    }
}

impl<W: Wire> Clone for ConnectError<W> {
    fn clone(&self) -> Self {
        match self {
            Self::Io(error) => Self::Io(error.clone()),
            Self::Http { status, code, message, retry_after } => Self::Http {
                status: *status,
                code: *code,
                message: message.clone(),
                retry_after: *retry_after,
            },
            Self::Protocol(error) => Self::Protocol(*error),
            Self::Timeout => Self::Timeout,
            Self::Closed => Self::Closed,
            Self::Refused { message, body } => Self::Refused { message: message.clone(), body: body.clone() },
            Self::Incompatible => Self::Incompatible,
            Self::Auth => Self::Auth,
            Self::NoTransports => Self::NoTransports,
            Self::Namespace => Self::Namespace,
        }
    }
}

impl<W: Wire> ConnectError<W> {
    /// Whether trying again without a change cannot help: a wrong protocol version, a certificate that is not accepted,
    /// a refusal by name (F001, F003, F120). To a connection that stood before, a certificate or the refusal of a proxy
    /// may be a passing state: see [`Config::stop_on_fatal`](crate::Config).
    pub fn is_fatal(&self) -> bool {
        self.is_final()
            || match self {
                Self::Io(error) => matches!(error.kind, IoErrorKind::Tls | IoErrorKind::Redirect),
                Self::Http { status, code: None, .. } => matches!(status, 401 | 403 | 404 | 407),
                _ => false,
            }
    }

    /// The same, for a connection that stood before.
    pub(crate) fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Http { code: Some(4 | 5), .. } | Self::Incompatible | Self::NoTransports | Self::Namespace
        )
    }
}
