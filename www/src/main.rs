//! `www`: starts the server and says where it is, or joins the chat of one that runs.

mod cli;

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let done = match cli::read() {
        Ok(arguments) => arguments.run().await,
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{}", cli::clean::clean(&failure.sentence));
            failure.exit_code()
        }
    }
}
