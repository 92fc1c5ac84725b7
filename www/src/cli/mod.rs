//! The command line. Without a subcommand the server starts; each further subcommand gets a file of its own beside
//! [`serve`].

pub(crate) mod serve;

use clap::Parser;

/// The Sockeye server: a chat, and the scenarios the client is tried against.
#[derive(Debug, Parser)]
#[command(name = "www", version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) serve: serve::Options,
}

/// What went wrong and what to do about it, in one sentence.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

/// Reads the command line. Asked for help or its version the program prints it and ends.
pub(crate) fn read() -> Result<Arguments, Failure> {
    Arguments::try_parse().map_err(|error| {
        if !error.use_stderr() {
            error.exit();
        }
        let told = error.to_string();
        let what = told.lines().next().unwrap_or_default().trim_start_matches("error: ");
        Failure(format!("{what}; `www --help` lists what there is"))
    })
}
