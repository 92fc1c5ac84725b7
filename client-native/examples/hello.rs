//! The program of the README: connect, say something, read the answer and what comes back.
//!
//! ```sh
//! cargo run -p www                                  # in one terminal
//! cargo run -p sockeye-native --example hello       # in another
//! ```
#![expect(clippy::print_stdout, reason = "an example is there to be seen")]

use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).unwrap_or_else(|| String::from("http://127.0.0.1:3000"));
    tokio::time::timeout(Duration::from_secs(10), hello(&url)).await?
}

async fn hello(url: &str) -> Result<(), Box<dyn std::error::Error>> {
    let socket = sockeye_native::io(url)?;
    let mut messages = socket.on("chat-message"); // a stream; dropping it is `off`
    socket.connect().await?;

    socket.emit("user-join", "ada")?;
    let answer = socket.emit_with_ack("chat-message", &serde_json::json!({ "text": "hello" }))?.await?;
    println!("the server says {}", answer.text());

    if let Some(message) = messages.next().await {
        let said: serde_json::Value = message.data()?; // or a struct of yours
        println!("{said}");
    }
    Ok(())
}
