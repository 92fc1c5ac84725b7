//! Events, answers and broadcasts.

use rmpv::Value;
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::TransportType;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef};

use super::args::Args;

pub(super) fn install<A: Adapter>(socket: &SocketRef<A>) {
    answers(socket);
    to_all(socket);
    to_others(socket);
    to_one(socket);
    errors(socket);
}

fn answers<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("hello", async |socket: SocketRef<A>| {
        socket.emit("helloResponse", "Hello from server 👋").ok();
    });
    socket.on("client-message", async |Data(message): Data<Value>, ack: AckSender<A>| {
        ack.send(&json!({ "received": message })).ok();
    });
    socket.on("echo", async |socket: SocketRef<A>, Data(args): Data<Args>, ack: AckSender<A>| {
        socket.emit("echo", &args).ok();
        ack.send(&args).ok();
    });
    socket.on("whoami", async |socket: SocketRef<A>, transport: TransportType, ack: AckSender<A>| {
        let transport = match transport {
            TransportType::Polling => "polling",
            TransportType::Websocket => "websocket",
        };
        ack.send(&json!({ "id": socket.id, "transport": transport })).ok();
    });
}

fn to_all<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("chat message", async |io: SocketIo<A>, Data(message): Data<Value>| {
        io.emit("chat message", &message).await.ok();
    });
    socket.on("broadcast-all", async |io: SocketIo<A>, Data(text): Data<Value>| {
        io.emit("chatMessage", &text).await.ok();
    });
    socket.on("announcement", async |io: SocketIo<A>, Data(text): Data<Value>| {
        io.emit("announcement", &text).await.ok();
    });
}

fn to_others<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("broadcast-others", async |socket: SocketRef<A>, Data(text): Data<Value>| {
        let message = json!({ "user": socket.id, "text": text });
        socket.broadcast().emit("chatMessage", &message).await.ok();
    });
    socket.on("msg", async |socket: SocketRef<A>| {
        socket.broadcast().emit("msg", "User joined").await.ok();
    });
    socket.on("new user", async |socket: SocketRef<A>| {
        socket.broadcast().emit("new user", "Someone joined").await.ok();
    });
    socket.on("user-joined", async |socket: SocketRef<A>| {
        let text = format!("{} joined the chat", socket.id);
        socket.broadcast().emit("user-joined", &text).await.ok();
    });
}

fn to_one<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("private", async |socket: SocketRef<A>| {
        socket.emit("private", "Only you get this").ok();
    });
    socket.on(
        "direct-message",
        async |io: SocketIo<A>, socket: SocketRef<A>, Data(args): Data<(String, Value)>| {
            let (target, data) = args;
            if let Some(target) = target.parse().ok().and_then(|id| io.get_socket(id)) {
                target.emit("direct-message", &(data, socket.id)).ok();
            }
        },
    );
}

/// `error` is an ordinary event to a client since version 3.
fn errors<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("server-error", async |socket: SocketRef<A>, Data(message): Data<Value>| {
        socket.emit("error", &json!({ "message": message })).ok();
    });
    // The official server refuses this one in a middleware for packets; the library has none, the client sees the same.
    socket.on("forbidden", async |socket: SocketRef<A>| {
        socket.emit("error", &json!({ "message": "Forbidden" })).ok();
    });
}
