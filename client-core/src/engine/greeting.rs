//! The body of an OPEN packet (P-30), which the host has read.

#![allow(clippy::arithmetic_side_effects, reason = "two spans of 31 bits each, and a kind that was compared")]

use super::heartbeat::bounded;
use crate::{
    config::Transport,
    error::ParseError,
    wire::{Said, Text, Wire},
};

/// What the server says at the start of a session.
pub(crate) struct Handshake<T> {
    /// A secret: whoever has it has the session (P-33).
    pub(crate) sid: T,
    /// How long the server may stay silent, in milliseconds: `pingInterval + pingTimeout` (P-40).
    pub(crate) silence: u64,
    /// How long it waits for a pong, and how long we let a write take (F049).
    pub(crate) ping_timeout: u64,
    /// The longest body or message it takes, in bytes.
    pub(crate) max_payload: usize,
    kind: u64,
}

impl<T: Text> Handshake<T> {
    /// `text` starts with the packet's type.
    pub(crate) fn parse<W: Wire<Text = T>>(text: &T, _: usize) -> Result<Self, ParseError> {
        let said = |what| W::handshake(text, what);
        let kind = said(Said::Kind);
        if kind < OFFERS {
            return Err(ParseError::Handshake);
        }
        let ping_timeout = bounded(said(Said::PingTimeout));
        Ok(Self {
            sid: text.clone(),
            silence: bounded(said(Said::PingInterval)) + ping_timeout,
            ping_timeout,
            max_payload: usize::try_from(said(Said::MaxPayload)).unwrap_or(usize::MAX),
            kind,
        })
    }

    #[expect(clippy::extra_unused_type_parameters, reason = "where the body is text, it is read here")]
    pub(crate) fn offers<W: Wire>(&self, transport: Transport) -> bool {
        (self.kind - OFFERS) >> (transport as u32) & 1 != 0
    }

    /// Only python-engineio names the time-out first (P-56).
    pub(crate) fn is_from_python(&self) -> bool {
        (self.kind - OFFERS) >> PYTHON & 1 != 0
    }

    /// An Engine.IO 3 server prefixes each packet with its length (F003).
    pub(crate) fn is_from_older_server<W: Wire<Text = T>>(text: &T) -> bool {
        W::handshake(text, Said::Kind) == OLDER
    }
}

const OLDER: u64 = 1;
const OFFERS: u64 = 2;
/// Behind the bits of the transports.
const PYTHON: u32 = 3;
