//! Why options were not taken, in words for who gave them.

use std::{error::Error, fmt};

/// Why options were not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionsError {
    /// This header's name or value is not allowed in HTTP.
    Header(String),
    /// This header is the protocol's own.
    ReservedHeader(String),
    /// This is not the name of a subprotocol.
    Subprotocol(String),
    /// A certificate or a key was not understood; why.
    Certificate(String),
    /// The proxy's URL was not understood; why. It is not repeated: there may be a password in it.
    Proxy(&'static str),
    /// The HTTP client could not be made; why.
    Client(String),
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => {
                write!(
                    f,
                    "the header `{name}` is not valid: names are ASCII words, values have no line breaks"
                )
            }
            Self::ReservedHeader(name) => {
                write!(f, "the header `{name}` belongs to the protocol; leave it out")
            }
            Self::Subprotocol(name) => {
                write!(f, "`{name}` is not a WebSocket subprotocol: it must be one word of ASCII, named once")
            }
            Self::Certificate(why) => write!(f, "the certificate or key is not usable: {why}"),
            Self::Proxy(why) => write!(f, "the proxy is not usable: {why}"),
            Self::Client(why) => write!(f, "the HTTP client could not be made: {why}"),
        }
    }
}

impl Error for OptionsError {}
