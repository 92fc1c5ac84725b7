//! What text, bytes and arguments are made of on a platform.
//!
//! The machine reads packet headers; the rest it passes on, or, of three small bodies, asks for a member. So it
//! is generic over what carries the rest:
//!
//! ```text
//!                 text              binary      arguments of an event
//!   Json          ByteString        Bytes       JSON text + attachments; serde reads it in place
//!   handles       a number          a number    a number: the JavaScript side keeps the values
//! ```
//!
//! Two platforms need it to differ (JavaScript strings are not to be copied into WebAssembly), and that is
//! the whole reason for the trait: it is not meant for a third.

#[cfg(feature = "json")]
mod data_error;
#[cfg(feature = "json")]
mod head;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "standalone")]
mod platform;
#[cfg(not(feature = "standalone"))]
#[path = "host.rs"]
mod platform;
#[cfg(feature = "json")]
mod pull;
#[cfg(feature = "json")]
mod scan;
#[cfg(feature = "json")]
mod splice;
#[cfg(feature = "json")]
mod text;
#[cfg(feature = "json")]
mod typed;

#[cfg(feature = "standalone")]
use alloc::vec::Vec;

#[cfg(not(feature = "standalone"))]
pub use self::platform::{Read, Said};
pub use self::platform::{Text, Wire};
#[cfg(feature = "json")]
pub use self::{
    data_error::DataError,
    json::{Args, Json},
};

/// In place of a number: there is no member of that name.
#[cfg(feature = "standalone")]
pub const ABSENT: u64 = u64::MAX;
/// In place of a number: the member is none that can be used.
#[cfg(feature = "standalone")]
pub const WRONG: u64 = u64::MAX - 1;

/// What a packet's payload must look like.
#[cfg(feature = "standalone")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A non-empty array that starts with an event name.
    Event,
    /// An array.
    Ack,
}

/// A payload on the wire: JSON text with placeholders, and the attachments they stand for, in order.
#[cfg(feature = "standalone")]
pub struct Encoded<W: Wire> {
    /// JSON.
    pub text: W::Text,
    /// What the placeholders in the text stand for.
    pub attachments: Vec<W::Binary>,
}

/// What travels in one WebSocket frame.
pub enum Frame<W: Wire> {
    /// A text frame.
    Text(W::Text),
    /// A binary frame.
    Binary(W::Binary),
}

impl<W: Wire> Clone for Frame<W> {
    fn clone(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(text.clone()),
            Self::Binary(bytes) => Self::Binary(bytes.clone()),
        }
    }
}

impl<W: Wire> Frame<W> {
    /// Length in bytes as it travels, without the frame's own header.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.utf8_len(),
            Self::Binary(bytes) => W::binary_len(bytes),
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Names that an application may not emit and a server may not send (P-82).
pub const RESERVED_EVENTS: [&str; 6] =
    ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];
