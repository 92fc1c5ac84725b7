//! Joins the chat in this terminal.
//!
//! ```text
//!   stdin ──▶ input ──▶ session ──▶ screen ──▶ stdout
//!                        │    ▲
//!                        ▼    │
//!                     the socket: what was said, what became of it, what happens to the connection
//! ```

mod command;
mod content;
mod editor;
mod input;
mod outbox;
mod report;
mod rooms;
mod screen;
mod session;
mod typing;

use std::time::Duration;

use clap::{Args, ValueEnum};
use sockeye_native::{ConnectError, Endpoint, IoErrorKind, Manager, ManagerBuilder, Transport};

use super::{Failure, clean::clean};
use screen::Screen;
use session::Session;

/// Where `www` listens unless told otherwise.
pub(crate) const DEFAULT_URL: &str = "http://127.0.0.1:3000";

const LONGEST_NAME: usize = 40;

/// A person waits for the first connection, so it is given up sooner than a program would.
const PATIENCE: Duration = Duration::from_secs(8);

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The name under which the others see you
    name: String,
    /// Where the server is
    #[arg(long, default_value = DEFAULT_URL, value_name = "URL")]
    url: String,
    /// How to reach it: one transport, or polling that is upgraded
    #[arg(long, default_value = "upgrade", value_enum)]
    transport: Transports,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Transports {
    Polling,
    Websocket,
    Upgrade,
}

pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let name = checked(&options.name).map_err(Failure::at_start)?;
    let (origin, namespace, manager) = connection(&options)?;
    let socket = manager.socket(&namespace);

    let mut screen = Screen::new();
    let mut session = Session::new(name, manager, socket.clone());
    screen.line(&format!("- connecting to {origin}"));
    // Listeners are in place before, so nothing that comes with the connection is missed.
    tokio::select! {
        joined = socket.connect() => joined.map_err(|error| Failure::at_start(told(&origin, &error)))?,
        asked = input::asked_to_leave() => return asked,
    }
    let input = input::start(screen.is_live());
    session.run(input, &mut screen).await
}

fn connection(options: &Options) -> Result<(String, String, Manager), Failure> {
    let endpoint = Endpoint::parse(&options.url)
        .map_err(|error| Failure::at_start(format!("--url is not usable: {error}")))?;
    let builder = ManagerBuilder::new(&options.url).map_err(|error| Failure::at_start(error.to_string()))?;
    let manager = builder
        .config(|config| {
            config.timeout = Some(PATIENCE);
            config.namespace_timeout = PATIENCE;
            config.transports = match options.transport {
                Transports::Polling => vec![Transport::Polling],
                Transports::Websocket => vec![Transport::WebSocket],
                Transports::Upgrade => vec![Transport::Polling, Transport::WebSocket],
            };
        })
        .build()
        .map_err(|error| Failure::at_start(error.to_string()))?;
    Ok((endpoint.origin, endpoint.namespace, manager))
}

/// The name as the others will see it.
fn checked(name: &str) -> Result<String, String> {
    let name = name.trim();
    let length = name.chars().count();
    if name.is_empty() {
        Err(String::from("the name is empty; say who you are, as in `www join ann`"))
    } else if length > LONGEST_NAME {
        Err(format!("the name has {length} characters; choose one of at most {LONGEST_NAME}"))
    } else if clean(name) != name {
        Err(String::from("the name holds control characters; choose one that can be shown"))
    } else {
        Ok(name.to_owned())
    }
}

/// Why there is no first connection, and what to do about it.
fn told(origin: &str, error: &ConnectError) -> String {
    // Whatever answered there, its page is nothing that a person wants to read here.
    if let ConnectError::Http { status, code: None, .. } = error {
        return format!(
            "cannot join the chat at {origin}: what answers there, with HTTP {status}, is no Socket.IO server; check --url"
        );
    }
    let advice = match error {
        ConnectError::Io(error) if error.kind == IoErrorKind::Connect => {
            "start a server with `cargo run -p www`, or say where it is with --url"
        }
        ConnectError::Refused { .. } => "leave the path out of --url to join the chat",
        _ => "check --url",
    };
    format!("cannot join the chat at {origin}: {error}; {advice}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_bounded() {
        assert_eq!(checked(" ann ").unwrap(), "ann");
        assert!(checked(&"é".repeat(LONGEST_NAME)).is_ok());
        for name in ["", "  ", "a\u{1b}b", "a\nb", "\u{202e}a", &"é".repeat(LONGEST_NAME + 1)] {
            assert!(checked(name).is_err(), "{name:?}");
        }
    }
}
