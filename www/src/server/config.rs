//! What a caller may choose.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::{BrowserClient, Folder};

/// How a [`Server`](crate::Server) listens. The defaults are those of the official server, so that a test that moves from
/// one to the other meets the same timing.
#[derive(Clone)]
pub struct ServerConfig {
    /// The address to listen on; the loopback unless said otherwise.
    pub host: IpAddr,
    /// The port to listen on; 0 takes any free one.
    pub port: u16,
    /// How often the server pings.
    pub ping_interval: Duration,
    /// How long it waits for the pong.
    pub ping_timeout: Duration,
    /// How long a connection may live without joining a namespace.
    pub connect_timeout: Duration,
    /// The largest polling body or WebSocket message, in bytes. It is announced in the handshake.
    pub max_payload: u64,
    /// Who may connect from another origin; `None` answers without CORS headers.
    pub cors: Option<Cors>,
    /// Which transports are offered.
    pub transports: Transports,
    /// Who answers the sockets.
    pub sockets: Sockets,
    /// What `/admin` asks for as `auth.token`; `None` lets everybody in, as the tests of the scenarios want it.
    pub admin_token: Option<String>,
    /// Where the Redis is by which this server and others act as one, as `redis://127.0.0.1:6379`; `None` for one that is
    /// alone.
    pub redis: Option<String>,
    /// What the pages load.
    pub client: BrowserClient,
    /// What is served beside the chat.
    pub folders: Vec<Folder>,
    /// Whether the pages may start a server of their own and break it, below `/control`. It takes effect on the loopback
    /// only.
    pub control: bool,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            ping_interval: Duration::from_secs(25),
            ping_timeout: Duration::from_secs(20),
            connect_timeout: Duration::from_secs(45),
            max_payload: 1_000_000,
            cors: None,
            transports: Transports::Both,
            sockets: Sockets::Here,
            admin_token: None,
            redis: None,
            client: BrowserClient::default(),
            folders: Vec::new(),
            control: false,
        }
    }
}

/// Without the token, and the password that may be in the address of Redis (F122).
impl fmt::Debug for ServerConfig {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("ServerConfig")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("transports", &self.transports)
            .field("admin", &if self.admin_token.is_some() { "behind a token" } else { "open" })
            .finish_non_exhaustive()
    }
}

/// Which server answers below `/socket.io`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sockets {
    /// This one.
    #[default]
    Here,
    /// The one at this address; what else is said here of sockets is for it to say.
    At(SocketAddr),
}

/// Cross-origin rules.
#[derive(Debug, Clone, Default)]
pub struct Cors {
    /// The origins that may connect, as `http://localhost:5173`; none means any origin.
    pub origins: Vec<String>,
    /// Whether cookies may come along. It takes effect only together with named origins: a browser refuses the pair
    /// "any origin" and "credentials".
    pub credentials: bool,
}

/// Which transports a server offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transports {
    /// Polling that may upgrade to WebSocket, and WebSocket at once.
    #[default]
    Both,
    /// HTTP long-polling and nothing else.
    Polling,
    /// WebSocket and nothing else.
    WebSocket,
}
