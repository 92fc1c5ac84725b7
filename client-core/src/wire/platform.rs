//! A platform whose values the machine reads itself.

use alloc::vec::Vec;

use super::{Encoded, Shape};
use crate::error::ParseError;

/// What text, bytes and arguments are made of on this platform.
pub trait Wire: Sized + 'static {
    /// A text of any length, cheap to clone and to slice.
    type Text: Text;
    /// Bytes, cheap to clone.
    type Binary: Clone;
    /// The arguments of an event or of an answer, cheap to clone. The first of an event is its name.
    type Args: Clone;

    /// The JSON text of `args`, with every binary value pulled out and replaced by a placeholder (P-83).
    fn encode(args: &Self::Args) -> Encoded<Self>;

    /// The whole frame of an event of the main namespace without attachments and without an ack id, if `args`
    /// were made with it: most events are, and leave without being copied again.
    fn framed(_args: &Self::Args) -> Option<Self::Text> {
        None
    }

    /// The arguments in a peer's packet, whose JSON starts at unit `from` of `text`. An event must be a non-empty array that starts with a name that is a
    /// number or a string that is not reserved; an answer must be an array (section 1.8).
    fn decode(
        shape: Shape,
        text: Self::Text,
        from: usize,
        attachments: Vec<Self::Binary>,
    ) -> Result<Self::Args, ParseError>;

    /// How much memory `args` hold, in bytes or UTF-16 units, for the limits of buffers.
    fn size(args: &Self::Args) -> usize;

    /// `args` that keep nothing else of what they came in: a packet may be a small part of a large body (F095).
    fn alone(args: Self::Args) -> Self::Args;

    /// How many attachments `args` have.
    fn attachments(args: &Self::Args) -> usize;

    /// The last argument after the name, if it is a string (P-102).
    fn offset(args: &Self::Args) -> Option<Self::Text>;

    /// `args` without their last argument (F129).
    fn without_last(args: Self::Args) -> Self::Args;

    /// Whether a small JSON text is an object; of the handshake (P-30).
    fn is_object(text: &Self::Text) -> bool;

    /// The member `key` of a small JSON object, if it is a string, or the text itself, without a key. Of the
    /// handshake, the answer to CONNECT, and errors (P-30, P-88, P-20).
    fn string(text: &Self::Text, key: Option<&str>) -> Option<Self::Text>;

    /// The member `key`, if it is a number that is not negative, without its fraction; or [`ABSENT`](super::ABSENT), or [`WRONG`](super::WRONG).
    fn number(text: &Self::Text, key: &str) -> u64;

    /// Whether the member `key` is a list that holds the string `name`.
    fn lists(text: &Self::Text, key: &str, name: &str) -> bool;

    /// A Socket.IO packet with the Engine.IO type of a message before it (P-80). `kind` is the one without
    /// attachments; no namespace is the main one.
    fn packet(
        kind: u8,
        attachments: usize,
        namespace: Option<&Self::Text>,
        id: Option<u64>,
        payload: Option<Self::Text>,
    ) -> Self::Text;

    /// The payload of a CONNECT that asks for a lost session, with the application's own object behind it (P-103).
    fn claim(pid: &Self::Text, offset: Option<&Self::Text>, auth: Option<Self::Text>) -> Self::Text;

    /// Length in bytes.
    fn binary_len(bytes: &Self::Binary) -> usize;

    /// Standard base64 with padding (P-03).
    fn to_base64(bytes: &Self::Binary) -> Self::Text;

    /// Strict standard base64 with padding; nothing else is accepted (F018).
    fn from_base64(text: &Self::Text) -> Result<Self::Binary, ParseError>;
}

/// The few things the protocol needs of a string. Positions count units: bytes or UTF-16 units.
pub trait Text: Clone + PartialEq + 'static {
    /// A text of the machine's own making; short.
    fn from_str(text: &str) -> Self;
    /// Length in units.
    fn units(&self) -> usize;
    /// The unit at `at`; 0 when it is not there, or not ASCII.
    fn ascii(&self, at: usize) -> u8;
    /// Where the ASCII character `byte` is next, from `from` on; the end when it is not.
    fn find(&self, byte: u8, from: usize) -> usize;
    /// The part from `from` up to `to`; ends are clamped to the text.
    #[must_use]
    fn slice(&self, from: usize, to: usize) -> Self;
    /// The text with `head` put before it.
    #[must_use]
    fn prefixed(self, head: &str) -> Self;
    /// All `parts` with the record separator U+001E between them (P-50).
    fn joined(parts: Vec<Self>) -> Self;
    /// Length in bytes as UTF-8.
    fn utf8_len(&self) -> usize;
    /// Whether it is this text.
    fn is(&self, text: &str) -> bool;
    /// The text itself, for an address.
    fn to_str(&self) -> &str;
    /// Whether it has from 1 to `max` characters, and none that JSON would escape: letters and digits of ASCII,
    /// and `-_.:=+/` (F130).
    fn is_plain(&self, max: usize) -> bool;
}
