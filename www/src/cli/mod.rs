//! The command line. Without a subcommand the server starts; each subcommand has a file of its own beside [`serve`].

mod apps;
pub(crate) mod clean;
mod ending;
mod guide;
pub(crate) mod join;
mod node;
mod package;
pub(crate) mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The Sockeye server: a chat, and the scenarios the client is tried against.
#[derive(Debug, Parser)]
#[command(name = "www", version, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    serve: serve::Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Joins the chat in this terminal
    Join(join::Options),
}

impl Arguments {
    pub(crate) async fn run(self) -> Result<(), Failure> {
        match self.command {
            None => serve::run(self.serve).await,
            Some(Command::Join(options)) => join::run(options).await,
        }
    }
}

/// What went wrong and what to do about it, in one sentence.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) sentence: String,
    code: u8,
}

impl Failure {
    /// Nothing was begun: something that the person said, or that must be there, is not right.
    pub(crate) fn at_start(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: 2 }
    }

    /// It went well for a time.
    pub(crate) fn later(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: 1 }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

/// Reads the command line. Asked for help or its version the program prints it and ends.
pub(crate) fn read() -> Result<Arguments, Failure> {
    Arguments::try_parse().map_err(|error| {
        if !error.use_stderr() {
            error.exit();
        }
        let told = error.to_string();
        // The first paragraph says what is wrong; the others are the usage, which `--help` has too.
        let what: Vec<&str> = told.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
        let what = what.join(" ");
        Failure::at_start(format!("{}; `www --help` lists what there is", what.trim_start_matches("error: ")))
    })
}
