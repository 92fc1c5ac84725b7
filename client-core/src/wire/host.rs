//! A platform that reads and writes Socket.IO's packets itself: the machine says which of them count.

use crate::error::ParseError;

/// What text, bytes and arguments are on this platform.
pub trait Wire: Sized + 'static {
    /// A text of any length.
    type Text: Text;
    /// Bytes.
    type Binary: Clone;
    /// What came in a packet.
    type Args: Into<Self::Text>;

    /// Reads what one frame of a session brings: a packet, or a part of one.
    fn read(frame: super::Frame<Self>) -> Read<Self::Args>;

    /// The frames of a list, one by one; `None` behind its end.
    fn part(list: &Self::Text, at: usize) -> Option<Self::Text>;

    /// A DISCONNECT for this namespace.
    fn farewell(socket: u32) -> Self::Text;

    /// What an OPEN packet says (P-30).
    fn handshake(text: &Self::Text, what: Said) -> u64;

    /// Length in bytes.
    fn binary_len(bytes: &Self::Binary) -> usize;

    /// What is behind the first unit, in strict standard base64 with padding; nothing else is accepted (F018).
    fn from_base64(text: &Self::Text) -> Result<Self::Binary, ParseError>;
}

/// What an OPEN packet says of what.
pub enum Said {
    /// 0 that it is none, 1 that the server is an older one (F003), else 2 and a bit for each transport, by its number
    /// in `Transport`, that the session may be upgraded to (F007); behind those, one for python-engineio (P-56).
    Kind,
    /// In milliseconds.
    PingInterval,
    /// In milliseconds.
    PingTimeout,
    /// In bytes; no limit is the largest.
    MaxPayload,
}

/// What a frame brought.
pub enum Read<A> {
    /// A packet for nobody here (B-28, F079).
    Nothing,
    /// The next frame belongs to it.
    More,
    /// What is no packet; the host knows why.
    Wrong,
    /// A packet.
    Packet {
        /// Its type: that of the packet without attachments, and 5 for an answer to CONNECT without an id.
        kind: u8,
        /// The number of its namespace.
        socket: usize,
        /// The rest.
        body: A,
    },
}

/// The few things the protocol needs of a string. Positions count UTF-16 units.
pub trait Text: Clone + 'static {
    /// A text of the machine's own making; short.
    fn from_str(text: &str) -> Self;
    /// Length in units.
    fn units(&self) -> usize;
    /// The unit at `at`; 0 when it is not there, or not ASCII.
    fn ascii(&self, at: usize) -> u8;
    /// Length in bytes as UTF-8.
    fn utf8_len(&self) -> usize;
    /// Whether it is this text.
    fn is(&self, text: &str) -> bool;
}
