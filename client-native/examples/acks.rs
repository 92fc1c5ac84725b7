//! Questions and answers, in both directions.
//!
//! ```text
//! cargo run -p sockeye-native --example acks [URL]
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, process::ExitCode, time::Duration};

use serde::Deserialize;
use sockeye_native::{AckError, io};
use tokio::time::timeout;

#[derive(Deserialize)]
struct Received {
    received: String,
}

#[derive(Deserialize)]
struct Conclusion {
    args: Vec<u32>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let url = env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000".into());
    match timeout(Duration::from_secs(10), acks(&url)).await {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("{error}"),
        Err(_) => eprintln!("the server at {url} took too long"),
    }
    ExitCode::FAILURE
}

async fn acks(url: &str) -> Result<(), Box<dyn Error>> {
    let socket = io(url)?;
    let mut questions = socket.on("question");
    let mut conclusions = socket.on("question-answered");
    socket.connect().await?;

    // Two steps that can fail for different reasons: the event is taken (`?`), and its answer comes (`await?`).
    // Say how long that may take; without, it may take forever.
    let second = Duration::from_secs(1);
    let ack = socket.timeout(second).emit_with_ack("client-message", "hello")?;
    let Received { received } = ack.data().await?;
    println!("the server received {received:?}");

    // Several answers are awaited at the same time; each is a future. Several arguments are a tuple.
    let slow = socket.timeout(second).emit_with_ack("late-ack", &(200, "slow"))?;
    let quick = socket.timeout(second).emit_with_ack("late-ack", &(1, "quick"))?;
    let (slow, quick) = tokio::try_join!(slow, quick)?;
    println!("{}, then {}", quick.ack_data::<&str>()?, slow.ack_data::<&str>()?);

    // An answer that does not come is an error, never silence.
    let never = socket.timeout(Duration::from_millis(300)).emit_with_ack("never-ack", &())?;
    match never.await {
        Err(error @ AckError::TimedOut) => println!("no answer: {error}"),
        other => return Err(format!("an answer was not expected: {other:?}").into()),
    }

    // The server asks, too. An answer may be given once; `wants_ack` says whether one is wanted.
    socket.emit("ask-me", &(1000, "what is six times seven?"))?;
    let question = questions.next().await.ok_or("the connection is gone")?;
    println!("the server asks: {}", question.data::<String>()?);
    question.ack(&42)?;
    let conclusion = conclusions.next().await.ok_or("the connection is gone")?;
    let Conclusion { args } = conclusion.data()?;
    println!("and got {args:?}");

    socket.manager().drain(second).await;
    Ok(())
}
