//! Snippets of the tutorials whose event names are taken by the chat application on `/`.

use rmpv::Value;
use serde::Deserialize;
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{Data, SocketRef};
use socketioxide_core::adapter::DefinedAdapter;

use super::chat::now;
use super::namespace::Opening;

#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    Plain(String),
    Rich { user: Value, text: Value },
}

pub(super) fn install<A: Adapter + DefinedAdapter>(namespaces: &mut Opening<'_, A>) {
    namespaces.open("/tutorial", on_connect);
}

async fn on_connect<A: Adapter>(io: SocketIo<A>, socket: SocketRef<A>) {
    let online = io.of("/tutorial").map_or(0, |namespace| namespace.sockets().len());
    socket.emit("welcome", &json!({ "message": "Welcome to the chat!", "onlineUsers": online })).ok();
    socket.on("chat-message", async |socket: SocketRef<A>, Data(message): Data<Message>| {
        let others = socket.broadcast();
        match message {
            Message::Plain(text) => others.emit("new-chat-message", &text).await.ok(),
            Message::Rich { user, text } => {
                let message = json!({ "user": user, "text": text, "timestamp": now() });
                others.emit("chat-message", &message).await.ok()
            }
        };
    });
    socket.on("typing", async |socket: SocketRef<A>, Data(username): Data<Value>| {
        socket.broadcast().emit("user-typing", &username).await.ok();
    });
    socket.on("stop-typing", async |socket: SocketRef<A>, Data(username): Data<Value>| {
        socket.broadcast().emit("user-stopped-typing", &username).await.ok();
    });
}
