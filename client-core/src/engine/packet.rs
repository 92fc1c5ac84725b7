//! One Engine.IO packet from one text (section 1.1).

use crate::{
    error::ParseError,
    wire::{Text, Wire},
};

/// What a peer sent.
pub(crate) enum Packet<W: Wire> {
    /// The handshake, without its type.
    Open(W::Text),
    Close,
    Ping,
    /// `true`: the answer to a probe.
    Pong(bool),
    /// With its type: the Socket.IO packet starts at unit 1, and nothing is copied to say so.
    Message(W::Text),
    Binary(W::Binary),
    /// Upgrade and noop: nothing to do (F026).
    Idle,
}

impl<W: Wire> Packet<W> {
    pub(crate) fn decode(text: W::Text) -> Result<Self, ParseError> {
        let rest = |text: &W::Text| text.slice(1, text.units());
        Ok(match text.ascii(0) {
            b'0' => Self::Open(rest(&text)),
            b'1' => Self::Close,
            b'2' => Self::Ping,
            b'3' => Self::Pong(text.is(PROBED)),
            b'4' => Self::Message(text),
            b'5' | b'6' => Self::Idle,
            b'b' => Self::Binary(W::from_base64(&rest(&text))?),
            _ if text.units() == 0 => return Err(ParseError::EmptyPacket),
            _ => return Err(ParseError::UnknownPacket),
        })
    }
}

pub(crate) const CLOSE: &str = "1";
pub(crate) const PONG: &str = "3";
pub(crate) const PROBE: &str = "2probe";
pub(crate) const MESSAGE: &str = "4";
pub(crate) const UPGRADE: &str = "5";
/// Before base64, in place of a type (P-03).
pub(crate) const BASE64: &str = "b";
const PROBED: &str = "3probe";
