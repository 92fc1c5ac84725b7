//! The scenario server in Rust: axum and socketioxide on one port, with the chat application that a person sees and
//! every scenario that the tests ask for.
//!
//! `tests/servers` holds the same scenarios on the official server; the table in its README describes both, and says
//! where they differ.
//!
//! ```no_run
//! use www::{Server, ServerConfig};
//!
//! # async fn example() -> Result<(), www::ServeError> {
//! let server = Server::bind(ServerConfig::default()).await?;
//! let url = format!("http://{}", server.addr());
//! // … connect clients to `url` …
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod server;

pub use server::{Cors, ServeError, Server, ServerConfig, Transports};
