//! The abuse server: it says exactly the wrong bytes at exactly the wrong moment, and judges what a client makes of it.
//!
//! ```text
//!   cases/*.txt ──▶ case ──▶ server ◀── HTTP, WebSocket, TLS ──▶ client ──▶ lines ──▶ judge ──▶ verdict
//!                              └──────────────── what came over the wire ──────────────▲
//! ```
//!
//! `tests/faults/README.md` has the language of the cases and the lines of a client.

mod bytes;
mod case;
mod certificates;
mod client;
mod frames;
mod guards;
mod http;
mod judge;
mod log;
mod pattern;
mod server;
mod session;
mod step;
mod stream;
mod websocket;

pub use case::{Case, Over};
pub use client::{Client, arguments};
pub use guards::{Guard, Proof, Unguarded, guarded, guards};
pub use judge::{Fault, Verdict, judge};
pub use server::Server;

/// The files of cases: name and text.
pub const FILES: &[(&str, &str)] = &[
    ("handshake", include_str!("../cases/handshake.txt")),
    ("payload", include_str!("../cases/payload.txt")),
    ("polling", include_str!("../cases/polling.txt")),
    ("websocket", include_str!("../cases/websocket.txt")),
    ("upgrade", include_str!("../cases/upgrade.txt")),
    ("heartbeat", include_str!("../cases/heartbeat.txt")),
    ("packets", include_str!("../cases/packets.txt")),
    ("binary", include_str!("../cases/binary.txt")),
    ("namespaces", include_str!("../cases/namespaces.txt")),
    ("reconnection", include_str!("../cases/reconnection.txt")),
    ("edges", include_str!("../cases/edges.txt")),
];

/// All cases, in the order of their files.
pub fn cases() -> Vec<Case> {
    FILES
        .iter()
        .flat_map(|(name, text)| Case::read(text).unwrap_or_else(|why| panic!("cases/{name}.txt, {why}")))
        .collect()
}
