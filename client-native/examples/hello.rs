//! The program of the README: connect, say something, read the answer and what comes back.
//!
//! ```text
//! cargo run -p sockeye-native --example hello [URL]
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, process::ExitCode, time::Duration};

use tokio::time::timeout;

#[tokio::main]
async fn main() -> ExitCode {
    let url = env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000".into());
    match timeout(Duration::from_secs(10), hello(&url)).await {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("{error}"),
        Err(_) => eprintln!("the server at {url} took too long"),
    }
    ExitCode::FAILURE
}

async fn hello(url: &str) -> Result<(), Box<dyn Error>> {
    let socket = sockeye_native::io(url)?;
    let mut messages = socket.on("chat-message"); // a stream; dropping it is `off`
    socket.connect().await?;

    socket.emit("user-join", "ada")?;
    let answer = socket.emit_with_ack("chat-message", &serde_json::json!({ "text": "hello" }))?.await?;
    println!("the server says {}", answer.text());

    if let Some(message) = messages.next().await {
        let said: serde_json::Value = message.data()?; // or a struct of yours
        println!("{} says {}", said["user"], said["text"]);
    }
    Ok(())
}
