//! The bot outlives the server it sits in.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::time::Duration;

use serde_json::json;
use sockeye_native::io;
use tokio::time::timeout;
use www::{BOT_NAME, Bot, Heard, Said, Server, ServerConfig};

const DEADLINE: Duration = Duration::from_secs(20);

/// Joins, waits for the bot, asks it something, and gives what it says.
async fn ask(url: &str, question: &str) -> String {
    let socket = io(url).unwrap();
    let mut messages = socket.on_any();
    socket.connect().await.unwrap();
    socket.emit("user-join", "ann").unwrap();
    let mut asked = false;
    let mut typed = false;
    while let Some(message) = messages.next().await {
        match Heard::read(&message).unwrap() {
            Heard::Online(people) if !asked && people.iter().any(|it| it.name == BOT_NAME) => {
                asked = true;
                socket.emit("chat-message", &json!({ "text": question })).unwrap();
            }
            Heard::Typing(name) => typed |= name == BOT_NAME,
            Heard::Said(Said { user, text, .. }) if user == BOT_NAME && !text.starts_with("Welcome") => {
                assert!(typed, "it shows that it types");
                return text;
            }
            _ => {}
        }
    }
    panic!("the connection is gone");
}

#[tokio::test]
async fn the_bot_comes_back_with_the_server() {
    let server = Server::bind(ServerConfig::default()).await.unwrap();
    let addr = server.addr();
    let url = format!("http://{addr}");
    let bot = Bot::join(&url).unwrap();
    assert_eq!(timeout(DEADLINE, ask(&url, "hello")).await.unwrap(), "Hello, ann!");

    server.shutdown().await;
    let server = Server::bind(ServerConfig { port: addr.port(), ..ServerConfig::default() }).await.unwrap();
    assert_eq!(timeout(DEADLINE, ask(&url, "@sockeye again")).await.unwrap(), "ann said: again");

    bot.leave().await;
    server.shutdown().await;
}
