//! Rooms, several rooms at once, and the sports rooms.

use rmpv::Value;
use serde::Deserialize;
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef};

use super::chat;

#[derive(Deserialize)]
struct RoomMessage {
    room: String,
    message: Value,
}

pub(super) fn install<A: Adapter>(socket: &SocketRef<A>) {
    membership(socket);
    messages(socket);
    sports(socket);
}

fn membership<A: Adapter>(socket: &SocketRef<A>) {
    socket.on(
        "joinRoom",
        async |io: SocketIo<A>, socket: SocketRef<A>, Data(room): Data<String>, ack: AckSender<A>| {
            socket.join(room.clone());
            let text = format!("{} joined {room}", socket.id);
            io.to(room).emit("roomMessage", &text).await.ok();
            ack.send(&json!({ "rooms": named(&socket) })).ok();
        },
    );
    socket.on(
        "leaveRoom",
        async |io: SocketIo<A>, socket: SocketRef<A>, Data(room): Data<String>, ack: AckSender<A>| {
            socket.leave(room.clone());
            let text = format!("{} left {room}", socket.id);
            io.to(room).emit("roomMessage", &text).await.ok();
            ack.send(&json!({ "rooms": named(&socket) })).ok();
        },
    );
    socket.on("rooms", async |socket: SocketRef<A>, ack: AckSender<A>| {
        ack.send(&named(&socket)).ok();
    });
}

fn messages<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("roomMessage", async |io: SocketIo<A>, Data((room, text)): Data<(String, Value)>| {
        io.to(room).emit("roomMessage", &text).await.ok();
    });
    socket.on("room message", async |io: SocketIo<A>, Data((room, text)): Data<(String, Value)>| {
        io.to(room).emit("room message", &text).await.ok();
    });
    socket.on("chatMessage", async |io: SocketIo<A>, socket: SocketRef<A>, Data(said): Data<RoomMessage>| {
        let message = json!({ "user": socket.id, "text": said.message });
        io.to(said.room).emit("chatMessage", &message).await.ok();
    });
    socket.on("room-event", async |socket: SocketRef<A>, Data((room, data)): Data<(String, Value)>| {
        socket.to(room).emit("room-event", &data).await.ok();
    });
    socket.on("multi-room", async |io: SocketIo<A>, Data((rooms, data)): Data<(Vec<String>, Value)>| {
        io.to(rooms).emit("multi-room", &data).await.ok();
    });
}

fn sports<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("join-team-room", async |socket: SocketRef<A>, Data(team): Data<String>, ack: AckSender<A>| {
        socket.join(team.clone());
        let welcome = format!("Welcome to the {team} fan club!");
        socket.emit("welcome-message", &welcome).ok();
        ack.send(&json!({ "joined": team })).ok();
    });
    socket.on(
        "send-score-update",
        async |io: SocketIo<A>, Data((team, score)): Data<(String, Value)>, ack: AckSender<A>| {
            io.to(team).emit("score-update", &score).await.ok();
            ack.send(&json!({ "sent": true })).ok();
        },
    );
}

/// The rooms a socket joined itself.
pub(super) fn named<A: Adapter>(socket: &SocketRef<A>) -> Vec<String> {
    let own = socket.id.to_string();
    let mut rooms: Vec<_> = socket
        .rooms()
        .into_iter()
        .map(String::from)
        .filter(|room| *room != own && !chat::is_person(room))
        .collect();
    rooms.sort();
    rooms
}
