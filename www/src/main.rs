//! `www`: starts the server and says where it is.

mod cli;

use std::process::ExitCode;

use cli::Failure;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> Result<(), Failure> {
    cli::serve::run(cli::read()?.serve).await
}
