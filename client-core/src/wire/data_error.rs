//! Why arguments cannot be written or read.

use alloc::{boxed::Box, string::ToString};
use core::fmt;

/// Why a value could not become arguments, or arguments a value.
///
/// Its words say whose fault it is: the application's own, whose value is not JSON, or the peer's. Where the peer
/// sent proper JSON that is not what the application asked for, only the two can tell. Positions are bytes of
/// [`Args::text`](super::Args::text), as `column`, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataError {
    fault: Fault,
    message: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The application's: serde or JSON cannot express its value.
    Value,
    /// The application's: it wants to join a namespace with something else than an object.
    Auth,
    /// The peer's: not JSON, too deep, or half a character (F020).
    Text,
    /// Anyone's: the peer's JSON is not what the application asked for.
    Type,
}

impl DataError {
    /// Of what is no object, or holds bytes.
    pub(super) fn no_auth() -> Self {
        Self { fault: Fault::Auth, message: Box::default() }
    }

    #[cold]
    pub(super) fn unwritten(error: &dyn fmt::Display) -> Self {
        Self { fault: Fault::Value, message: error.to_string().into() }
    }

    #[cold]
    pub(super) fn unread(error: &serde_json::Error) -> Self {
        let fault = if error.is_data() { Fault::Type } else { Fault::Text };
        Self { fault, message: error.to_string().into() }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fault, message } = self;
        match fault {
            Fault::Value => write!(f, "the value cannot be sent as JSON: {message}"),
            Fault::Auth => f.write_str("auth must be a JSON object without bytes"),
            Fault::Text => write!(f, "the peer's arguments cannot be read as JSON: {message}"),
            Fault::Type => write!(f, "the peer's arguments are not what was asked for: {message}"),
        }
    }
}

impl core::error::Error for DataError {}
