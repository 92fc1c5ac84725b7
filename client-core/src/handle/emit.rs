//! Flags before the verb.

use alloc::{string::String, sync::Arc};
use core::{fmt, time::Duration};

use serde::Serialize;

use super::{
    ack::{Ack, Answered},
    socket::Socket,
};
use crate::{
    config::Emit,
    error::EmitError as Refusal,
    output::EmitId,
    wire::{Args, DataError, Json, RESERVED_EVENTS},
};

/// An event about to be emitted, with its flags (A-63).
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(socket: Socket) -> Result<(), Box<dyn core::error::Error>> {
/// # use core::time::Duration;
/// socket.volatile().emit("position", &(48.2, 16.4))?; // now or never
/// socket.time_to_live(Duration::from_secs(2)).emit("typing", &())?; // not after a long outage
/// let answer = socket.timeout(Duration::from_secs(5)).emit_with_ack("save", "text")?;
/// # let _ = answer;
/// # Ok(()) }
/// ```
#[must_use = "flags do nothing without `emit` or `emit_with_ack`"]
#[derive(Clone, Copy)]
pub struct Emitting<'a> {
    socket: &'a Socket,
    how: Emit,
}

impl<'a> Emitting<'a> {
    pub(crate) fn new(socket: &'a Socket) -> Self {
        Self { socket, how: Emit::default() }
    }

    /// Dropped unless it can leave at once (A-64).
    pub fn volatile(mut self) -> Self {
        self.how.volatile = true;
        self
    }

    /// How long the answer may take, from now on (A-71).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.how.timeout = Some(limit);
        self
    }

    /// How long it may wait to be sent; then it is dropped.
    pub fn time_to_live(mut self, limit: Duration) -> Self {
        self.how.time_to_live = Some(limit);
        self
    }

    /// Whether a transport may compress it; none of today's does (A-65).
    pub fn compress(mut self, on: bool) -> Self {
        self.how.compress = on;
        self
    }

    /// Sends it.
    pub fn emit<T: Serialize + ?Sized>(self, event: &str, data: &T) -> Result<(), EmitError> {
        let args = args(event, data)?;
        self.socket.shared().wish(|inner, now| {
            if inner.dead {
                return Err(EmitError::Closed);
            }
            let taken = inner.client.emit(self.socket.key, args, self.how, now);
            taken.map(drop).map_err(|error| EmitError::from_refusal(&error))
        })
    }

    /// Sends it and gives its answer. Dropping the answer forgets it.
    pub fn emit_with_ack<T: Serialize + ?Sized>(mut self, event: &str, data: &T) -> Result<Ack, EmitError> {
        let args = args(event, data)?;
        self.how.ack = true;
        let answered = Answered::new();
        let emit: EmitId = self.socket.shared().wish(|inner, now| {
            if inner.dead {
                return Err(EmitError::Closed);
            }
            let taken = inner.client.emit(self.socket.key, args, self.how, now);
            let emit = taken.map_err(|error| EmitError::from_refusal(&error))?;
            if let Some(room) = inner.room(self.socket.key) {
                room.answers.insert(emit, Arc::clone(&answered));
            }
            Ok(emit)
        })?;
        Ok(Ack::new(answered, self.socket.shared(), self.socket.key, emit))
    }
}

fn args<T: Serialize + ?Sized>(event: &str, data: &T) -> Result<Args, EmitError> {
    if RESERVED_EVENTS.contains(&event) {
        return Err(EmitError::Reserved(String::from(event)));
    }
    Args::event(event, data).map_err(EmitError::Data)
}

/// Why an event was not taken. The data was lent, so nothing is lost with it.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmitError {
    /// The name belongs to the protocol (P-82).
    Reserved(String),
    /// The data is no JSON.
    Data(DataError),
    /// The send buffer is full: wait for [`Socket::writable`], or choose another
    /// [`Overflow`](crate::Overflow).
    BufferFull,
    /// As many answers are awaited as the limit allows.
    TooManyAcks,
    /// It is larger than the server accepts.
    TooLarge,
    /// It has more attachments than servers accept.
    TooManyAttachments,
    /// The server refused this namespace; `connect` first.
    NotConnected,
    /// The connection is being drained.
    Draining,
    /// The runtime that drove the connection is gone.
    Closed,
}

impl EmitError {
    fn from_refusal(error: &Refusal<Json>) -> Self {
        match error {
            Refusal::BufferFull(_) => Self::BufferFull,
            Refusal::TooManyAcks(_) => Self::TooManyAcks,
            Refusal::TooLarge(_) => Self::TooLarge,
            Refusal::TooManyAttachments(_) => Self::TooManyAttachments,
            Refusal::NotConnected(_) => Self::NotConnected,
            Refusal::Draining(_) => Self::Draining,
        }
    }
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reserved(name) => return write!(f, "\"{name}\" is a reserved event name"),
            Self::Data(error) => return error.fmt(f),
            Self::BufferFull => {
                "the send buffer is full: wait for `writable()`, raise `send_buffer_events` or \
                 `send_buffer_bytes`, or let `overflow` drop events"
            }
            Self::TooManyAcks => "too many answers are awaited: give them a timeout, or raise `pending_acks`",
            Self::TooLarge => {
                "the event is larger than the server accepts (maxPayload of its handshake): send it in parts, \
                 or raise the server's maxHttpBufferSize"
            }
            Self::TooManyAttachments => {
                "the event has more binary values than servers accept (10): join them, or send several events"
            }
            Self::NotConnected => {
                "the server refused this namespace: mend what it asked for, then call `connect()` again"
            }
            Self::Draining => "the connection is being drained and takes no new events",
            Self::Closed => "the runtime that drove this connection has shut down",
        })
    }
}

impl core::error::Error for EmitError {}
