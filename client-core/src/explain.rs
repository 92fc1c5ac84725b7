//! Errors in words: what was tried, what came back, and what to do. Never a secret (F122).

use core::fmt;

use crate::{
    error::{
        AckError, CloseDetails, ConnectError, DisconnectReason, EmitError, IoError, IoErrorKind, ParseError,
    },
    wire::{Text, Wire},
};

impl fmt::Display for IoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            IoErrorKind::Dns => "the host's name could not be resolved",
            IoErrorKind::Connect => "no connection to the server",
            IoErrorKind::Tls => "the server's certificate was not accepted, or TLS failed",
            IoErrorKind::Proxy => "the proxy did not let the connection through",
            IoErrorKind::Timeout => "the request took too long",
            IoErrorKind::Protocol => "the server broke HTTP or WebSocket framing",
            IoErrorKind::TooLarge => "the server sent more than the limit",
            IoErrorKind::Redirect => "the server redirects to another origin, or too often",
            IoErrorKind::Other => "the transport failed",
        })?;
        if self.message.is_empty() { Ok(()) } else { write!(f, ": {}", self.message) }
    }
}

impl core::error::Error for IoError {}

impl<W: Wire> fmt::Display for ConnectError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Http { status, code, message, .. } => {
                write!(f, "the server answered with HTTP {status}")?;
                if message.units() > 0 {
                    write!(f, ": {}", message.to_str())?;
                }
                f.write_str(match code {
                    Some(1) => {
                        " (the session is not known there: if there are several nodes, the balancer needs sticky \
                         sessions, so that all requests of a client reach the same one)"
                    }
                    Some(4) => " (its allowRequest hook refused)",
                    Some(5) => " (it does not speak Engine.IO 4)",
                    _ => "",
                })
            }
            Self::Protocol(error) => {
                write!(f, "what answered is not an Engine.IO 4 server: {error}; check the address and `path`")
            }
            Self::Timeout => f.write_str("timeout: the server did not answer in time"),
            Self::Closed => f.write_str("the connection was closed before it was established"),
            Self::Refused { message, .. } => f.write_str(message.to_str()),
            Self::Incompatible => f.write_str(
                "It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not \
                 compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)",
            ),
            Self::Auth => f.write_str("the application gave no auth, or not in time"),
            Self::NoTransports => f.write_str("No transports available"),
            Self::Namespace => f.write_str(
                "no namespace of that name can be joined: it has a comma or is too long, or there are as many as \
                 `limits.namespaces` allows",
            ),
        }
    }
}

impl<W: Wire> fmt::Debug for ConnectError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConnectError({self})")
    }
}

impl<W: Wire> core::error::Error for ConnectError<W> {}

impl fmt::Display for DisconnectReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CloseDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no details"),
            Self::WebSocket { code, reason } if reason.is_empty() => {
                write!(f, "the WebSocket was closed with code {code}")
            }
            Self::WebSocket { code, reason } => {
                write!(f, "the WebSocket was closed with code {code}: {reason}")
            }
            Self::ByServer => f.write_str("the server closed the transport"),
            Self::Offline => f.write_str("the network is gone"),
            Self::Io(error) => error.fmt(f),
            Self::Http { status, code: Some(1) } => {
                write!(
                    f,
                    "the server answered with HTTP {status}: it does not know the session any more (it was restarted, or \
                     there are several nodes and the balancer has no sticky sessions)"
                )
            }
            Self::Http { status, .. } => write!(f, "the server answered with HTTP {status}"),
            Self::Parse(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptyPacket => "the server sent an empty Engine.IO packet",
            Self::UnknownPacket => "the server sent an Engine.IO packet of an unknown type",
            Self::UnexpectedPacket => "the server sent an Engine.IO packet where it makes no sense",
            Self::Base64 => "the server sent bytes that are not standard base64",
            Self::TooManyPackets => "the server sent more packets in one response than the limit",
            Self::Handshake => "the handshake is not the one of Engine.IO 4",
            Self::HandshakeSid => "the handshake has no usable session id",
            Self::HandshakeHeartbeat => "the handshake has no usable pingInterval and pingTimeout",
            Self::HandshakeMaxPayload => "the handshake has no usable maxPayload",
            Self::EmptyMessage => "the server sent a message without a Socket.IO packet",
            Self::UnknownType => "the server sent a Socket.IO packet of an unknown type",
            Self::IllegalAttachments => "Illegal attachments: the number that the server announced is none",
            Self::TooManyAttachments => "too many attachments: the server announced more than the limit",
            Self::AttachmentsTooLarge => "the attachments of a packet were too large, or took too long",
            Self::Namespace => "the server named a namespace longer than the limit",
            Self::Id => "the server sent an ack id that is none",
            Self::Payload => "invalid payload: it does not fit the packet",
            Self::UnexpectedBinary => "got binary data when not reconstructing a packet",
            Self::UnexpectedText => "got plaintext data when reconstructing a packet",
            Self::Overrun => "more was received than could be delivered",
        })
    }
}

impl core::error::Error for ParseError {}

impl fmt::Display for AckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimedOut => "operation has timed out",
            Self::Disconnected => "socket has been disconnected",
            Self::Dropped => "the event was dropped before it left",
        })
    }
}

impl core::error::Error for AckError {}

impl<W: Wire> fmt::Display for EmitError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BufferFull(_) => "the send buffer is full",
            Self::TooManyAcks(_) => "too many answers are awaited",
            Self::TooLarge(_) => "the event is larger than the server accepts",
            Self::TooManyAttachments(_) => "the event has more attachments than servers accept",
            Self::NotConnected(_) => "the server refused this namespace",
            Self::Draining(_) => "the connection is being drained",
        })
    }
}

impl<W: Wire> fmt::Debug for EmitError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmitError({self})")
    }
}

impl<W: Wire> core::error::Error for EmitError<W> {}
