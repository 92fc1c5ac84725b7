//! Ends without losing anything: what was emitted leaves, what was asked is answered, and the server is told.
//!
//! ```text
//! cargo run -p sockeye-native --example drain [URL]
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, process::ExitCode, time::Duration};

use futures_util::future::join_all;
use sockeye_native::{EmitError, io};
use tokio::time::timeout;

#[tokio::main]
async fn main() -> ExitCode {
    let url = env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000".into());
    match timeout(Duration::from_secs(10), drain(&url)).await {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("{error}"),
        Err(_) => eprintln!("the server at {url} took too long"),
    }
    ExitCode::FAILURE
}

async fn drain(url: &str) -> Result<(), Box<dyn Error>> {
    let socket = io(url)?;
    socket.connect().await?;

    // A hundred events are on their way, and none is answered yet.
    let answers: Vec<_> =
        (0..100).map(|number| socket.emit_with_ack("late-ack", &(50, number))).collect::<Result<_, _>>()?;

    // From this line on nothing new is taken; the limit is for servers that do not answer.
    let drained = socket.manager().drain(Duration::from_secs(5));
    match socket.emit("chat message", "too late") {
        Err(EmitError::Draining) => println!("nothing new is taken"),
        other => return Err(format!("a new event should be refused, and was: {other:?}").into()),
    }

    // Ready when the last answer is here and the server was told goodbye; then a program may end. To drop the handles
    // without it closes the connection as well, but a program that ends right after cuts that short.
    let complete = drained.await;
    let answered = join_all(answers).await.into_iter().flatten().count();
    println!("{answered} of 100 answers came; nothing was lost: {complete}");
    if complete && answered == 100 { Ok(()) } else { Err("something was lost".into()) }
}
