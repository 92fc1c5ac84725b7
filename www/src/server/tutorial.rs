//! Snippets of the tutorials whose event names are taken by the chat application on `/`.

use rmpv::Value;
use serde::Deserialize;
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::extract::{Data, SocketRef};

use super::chat::now;

#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    Plain(String),
    Rich { user: Value, text: Value },
}

pub(super) fn install(io: &SocketIo) {
    io.ns("/tutorial", on_connect);
}

async fn on_connect(io: SocketIo, socket: SocketRef) {
    let online = io.of("/tutorial").map_or(0, |namespace| namespace.sockets().len());
    socket.emit("welcome", &json!({ "message": "Welcome to the chat!", "onlineUsers": online })).ok();
    socket.on("chat-message", async |socket: SocketRef, Data(message): Data<Message>| {
        let others = socket.broadcast();
        match message {
            Message::Plain(text) => others.emit("new-chat-message", &text).await.ok(),
            Message::Rich { user, text } => {
                let message = json!({ "user": user, "text": text, "timestamp": now() });
                others.emit("chat-message", &message).await.ok()
            }
        };
    });
    socket.on("typing", async |socket: SocketRef, Data(username): Data<Value>| {
        socket.broadcast().emit("user-typing", &username).await.ok();
    });
    socket.on("stop-typing", async |socket: SocketRef, Data(username): Data<Value>| {
        socket.broadcast().emit("user-stopped-typing", &username).await.ok();
    });
}
