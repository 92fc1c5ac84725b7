//! The scenario server in Rust: axum and socketioxide on one port, with the chat application that a person sees and
//! every scenario that the tests ask for. And the clients of that chat that are built on Sockeye: a bot that sits in
//! the room, and what a terminal client needs to follow it.
//!
//! `tests/servers` holds the same scenarios on the official server; the table in its README describes both, and says
//! where they differ.
//!
//! ```no_run
//! use www::{Bot, Server, ServerConfig};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let server = Server::bind(ServerConfig::default()).await?;
//! let url = format!("http://{}", server.addr());
//! let bot = Bot::join(&url)?;
//! // … connect clients to `url` …
//! bot.leave().await;
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod bot;
mod heard;
mod server;
pub mod site;

pub use bot::{BOT_NAME, Bot};
pub use heard::{Heard, Person, Place, Said};
pub use server::{
    BrowserClient, Cors, Folder, Missing, ServeError, Server, ServerConfig, Sockets, Transports,
};
