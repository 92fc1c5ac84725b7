//! What stories ask for, wherever they are told: a page says it to the stage in JSON.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Which {
    /// socket.io 4.8.4.
    Node484,
    /// socket.io 4.0.2: no `maxPayload` in its handshake, no recovery.
    Node40,
    /// socket.io 3.1.2: the same, and a ping time-out of 5 s.
    Node31,
    /// socketioxide: the crate `www`.
    Rust,
    /// python-socketio, behind uvicorn.
    Python,
}

/// What a server is started with; the default is the server's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// How often it pings, and how long it waits for the pong.
    pub heartbeat: Option<(Duration, Duration)>,
    /// The largest body or message it takes.
    pub max_payload: Option<u64>,
    /// How long a session can be recovered (4.8.4 only).
    pub recovery: Option<Duration>,
    /// Whether pages of any origin may talk to it. The stage starts all its servers so.
    pub any_origin: bool,
    /// Pages of this origin alone may, and cookies come along; a client is given one with its handshake (official server).
    pub cookies_for: Option<String>,
    /// Whether it takes sessions of WebTransport (4.8.4 only), from what stands before it on the UDP port of its number.
    pub webtransport: bool,
}

/// How the handshake of a WebSocket, or of a session of WebTransport, is received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Door {
    /// Like any request.
    #[default]
    Open,
    /// With 403, as a proxy does that knows neither.
    Refused,
    /// With silence.
    Silent,
    /// Like any request, after this long.
    Slow(Duration),
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// Closed in both directions.
    Cut,
    /// Reset, as by a host that crashed.
    Reset,
    /// Nothing more comes from the server; what the client says still goes somewhere.
    HalfClosed,
    /// Not at all: one byte is another.
    Corrupted,
}

/// What a page, which can start nothing itself, asks the stage to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// The server of that kind that all stories share.
    Shared(Which),
    /// A server of the story's own.
    Server(Which, Options),
    /// A proxy to that port.
    Proxy(u16),
    /// HTTP/3 with WebTransport before the server, or proxy, on that port.
    WebTransport(u16),
    /// A server that says the same to everyone: status line, type of content, body.
    Stranger(String, String, String),
    /// Something with one that was given.
    Do(u32, Deed),
    /// What a request by bare hands brings: origin and path.
    Get(String, String),
}

/// What can be done with a thing of the stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// With any: it ends.
    End,
    /// With a server.
    Kill,
    /// With a server.
    Restart,
    /// With a proxy, or with WebTransport.
    Down,
    /// Takes connections again.
    Up,
    /// With WebTransport: it is gone without a word, until it is up again.
    Vanish,
    /// With a proxy; so are those that follow, but one. Whether bytes disappear.
    BlackHole(bool),
    /// How a WebSocket is received.
    Door(Door),
    /// How long every piece is held.
    Delay(Duration),
    /// So many bytes at once.
    Slice(Option<usize>),
    /// So many bytes per second.
    Bandwidth(Option<u32>),
    /// Every connection that stands; also with WebTransport.
    EndAll(Ending),
    /// When the server says this.
    Trap(String, Ending),
}

/// The stage's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What it is called from now on.
    pub id: u32,
    /// Where it listens.
    pub port: u16,
    /// What was read.
    pub text: String,
}

impl Which {
    /// Whether the handshake says how large a body may be (P-16).
    pub const fn tells_max_payload(self) -> bool {
        matches!(self, Self::Node484 | Self::Rust | Self::Python)
    }

    /// What it notes of a client that has left.
    pub const fn farewell(self) -> &'static str {
        if matches!(self, Self::Python) { "client disconnect" } else { "client namespace disconnect" }
    }

    /// What it says of a namespace that there is not; one of them says it without an object around it (P-89).
    pub const fn nowhere(self) -> &'static str {
        if matches!(self, Self::Python) { "Unable to connect" } else { "Invalid namespace" }
    }

    /// Whether it is the official server.
    pub const fn is_node(self) -> bool {
        matches!(self, Self::Node484 | Self::Node40 | Self::Node31)
    }
}
