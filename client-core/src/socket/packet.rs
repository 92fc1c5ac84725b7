//! The seven packets of Socket.IO 5 (section 1.8).

use crate::wire::Wire;

/// What a server sent, and to which namespace.
pub(crate) struct Packet<W: Wire> {
    /// `None` is `/`.
    pub(crate) namespace: Option<W::Text>,
    pub(crate) content: Content<W>,
}

pub(crate) enum Content<W: Wire> {
    /// The answer to CONNECT: `{sid, pid?}`, if there was one.
    Connect(Option<W::Text>),
    Disconnect,
    Event(W::Args, Option<u64>),
    Ack(W::Args, u64),
    ConnectError(Option<W::Text>),
}

pub(crate) const CONNECT: u8 = 0;
pub(crate) const DISCONNECT: u8 = 1;
pub(crate) const EVENT: u8 = 2;
pub(crate) const ACK: u8 = 3;
pub(crate) const CONNECT_ERROR: u8 = 4;
pub(crate) const BINARY_EVENT: u8 = 5;
pub(crate) const BINARY_ACK: u8 = 6;

/// The largest ack id: what a double can count to (B-20, F068).
pub(crate) const MAX_ID: u64 = (1 << 53) - 1;
