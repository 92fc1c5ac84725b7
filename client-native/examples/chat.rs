//! Joins a chat, says something, and waits until it is heard.
//!
//! ```text
//! cargo run -p www                                       # a server with a chat, in one terminal
//! cargo run -p sockeye-native --example chat             # this, in another
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, process::ExitCode, time::Duration};

use serde::{Deserialize, Serialize};
use sockeye_native::io;
use tokio::time::timeout;

/// Whatever serde can write can be sent.
#[derive(Serialize)]
struct Say {
    text: &'static str,
}

/// And whatever it can read can be received.
#[derive(Deserialize)]
struct Said {
    user: String,
    text: String,
}

#[derive(Deserialize)]
struct User {
    username: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    let url = env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000".into());
    // Nothing here waits forever: not for a server that is not there, not for an answer that never comes.
    match timeout(Duration::from_secs(10), chat(&url)).await {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("{error}"),
        Err(_) => eprintln!("the server at {url} took too long"),
    }
    ExitCode::FAILURE
}

async fn chat(url: &str) -> Result<(), Box<dyn Error>> {
    // A socket, not connected yet: first the listeners, so that nothing is missed. A listener is a stream that keeps
    // what comes until it is taken; to drop it is to stop listening.
    let socket = io(url)?;
    let mut messages = socket.on("chat-message");
    let mut users = socket.on("user-list");

    // Waits for the result of the first attempt. A connection that is lost later comes back by itself.
    socket.connect().await?;
    println!("connected as {}", socket.id().unwrap_or_default());

    // Sends and does not wait.
    socket.emit("user-join", "example")?;
    let list = users.next().await.ok_or("the connection is gone")?;
    for User { username } in list.data::<Vec<User>>()? {
        println!("{username} is online");
    }

    socket.emit("chat-message", &Say { text: "hello from an example" })?;
    while let Some(message) = messages.next().await {
        let Said { user, text } = message.data()?;
        println!("{user}: {text}");
        if user == "example" {
            break;
        }
    }

    // Lets everything leave, says goodbye and closes. `true` when nothing was lost.
    let complete = socket.manager().drain(Duration::from_secs(2)).await;
    if complete { Ok(()) } else { Err("the server was not told everything in time".into()) }
}
