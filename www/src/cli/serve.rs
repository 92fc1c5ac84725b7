//! Starts the server and keeps it until Ctrl-C.

#![allow(clippy::print_stdout, reason = "telling a person where the server is, is what the program is for")]

use clap::Args;
use tokio::signal;
use www::{ServeError, Server, ServerConfig};

use super::Failure;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The port to listen on; a free one is taken instead if it is in use, or 0
    #[arg(long, default_value_t = 3000, value_name = "PORT")]
    port: u16,
}

pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let server = bind(options.port).await.map_err(|error| Failure(advice(&error)))?;
    println!("Sockeye listens on http://{} - Ctrl-C ends it", server.addr());

    let interrupted = signal::ctrl_c().await;
    server.shutdown().await;
    interrupted
        .map_err(|error| Failure(format!("cannot listen for Ctrl-C: {error}; end the program by its id")))
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
