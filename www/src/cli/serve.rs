//! Starts the server, with a bot in its chat, and keeps both until Ctrl-C.

#![allow(clippy::print_stdout, reason = "telling a person where the server is, is what the program is for")]

use clap::Args;
use tokio::signal;
use www::{BOT_NAME, Bot, ServeError, Server, ServerConfig};

use super::{Failure, join};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The port to listen on; a free one is taken instead if it is in use, or 0
    #[arg(long, default_value_t = 3000, value_name = "PORT")]
    port: u16,
    /// Leave the chat to people
    #[arg(long)]
    no_bot: bool,
}

pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let server = bind(options.port).await.map_err(|error| Failure::at_start(advice(&error)))?;
    let url = format!("http://{}", server.addr());
    println!("Sockeye listens on {url} - Ctrl-C ends it");
    println!("Join the chat from a second terminal: {}", how_to_join(&url));
    let bot = if options.no_bot { None } else { Some(enter(&url)?) };

    let interrupted = signal::ctrl_c().await;
    if let Some(bot) = bot {
        bot.leave().await;
    }
    server.shutdown().await;
    interrupted.map_err(|error| {
        Failure::later(format!("cannot listen for Ctrl-C: {error}; end the program by its id"))
    })
}

fn enter(url: &str) -> Result<Bot, Failure> {
    let bot = Bot::join(url)
        .map_err(|error| Failure::at_start(format!("the bot cannot start: {error}; try --no-bot")))?;
    println!("{BOT_NAME}, a bot, is in the room and answers `help` - without it: --no-bot");
    Ok(bot)
}

fn how_to_join(url: &str) -> String {
    if url == join::DEFAULT_URL {
        String::from("cargo run -p www -- join NAME")
    } else {
        format!("cargo run -p www -- join NAME --url {url}")
    }
}

/// The port asked for, or a free one if that is taken.
async fn bind(port: u16) -> Result<Server, ServeError> {
    match Server::bind(ServerConfig { port, ..ServerConfig::default() }).await {
        Err(taken @ ServeError::PortTaken(_)) => {
            println!("{}, taking a free one", capitalised(&taken.to_string()));
            Server::bind(ServerConfig::default()).await
        }
        other => other,
    }
}

fn advice(error: &ServeError) -> String {
    match error {
        ServeError::Listen(..) => format!("{error}; choose another port with --port"),
        _ => error.to_string(),
    }
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
