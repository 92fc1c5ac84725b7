//! Why a server did not start.

use std::net::SocketAddr;
use std::{error, fmt, io};

/// Why a [`Server`](crate::Server) did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServeError {
    /// Another program listens on this port.
    PortTaken(SocketAddr),
    /// The address cannot be listened on for another reason.
    Listen(SocketAddr, io::Error),
    /// An origin of [`Cors`](crate::Cors) is not a valid header value.
    Origin(String),
    /// The other servers cannot be reached: where they were looked for, and what came back.
    Redis(String, String),
    /// What should be the address of Redis is none.
    RedisUrl(String),
    /// The system refused the thread or the clock that the server needs.
    Start(io::Error),
}

impl ServeError {
    pub(super) fn listen(addr: SocketAddr, error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::AddrInUse {
            Self::PortTaken(addr)
        } else {
            Self::Listen(addr, error)
        }
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken(addr) => write!(f, "port {} is taken on {}", addr.port(), addr.ip()),
            Self::Listen(addr, error) => write!(f, "cannot listen on {addr}: {error}"),
            Self::Origin(origin) => write!(f, "`{origin}` is not an origin that a header can carry"),
            Self::Redis(place, why) => write!(f, "no way to the other servers by Redis at {place}: {why}"),
            Self::RedisUrl(why) => write!(f, "this is not an address of Redis: {why}"),
            Self::Start(error) => write!(f, "the server cannot start: {error}"),
        }
    }
}

impl error::Error for ServeError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Listen(_, error) | Self::Start(error) => Some(error),
            Self::PortTaken(_) | Self::Origin(_) | Self::Redis(..) | Self::RedisUrl(_) => None,
        }
    }
}
