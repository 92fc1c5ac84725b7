//! Rooms, several rooms at once, and the sports rooms.

use rmpv::Value;
use serde::Deserialize;
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::extract::{AckSender, Data, SocketRef};

#[derive(Deserialize)]
struct RoomMessage {
    room: String,
    message: Value,
}

pub(super) fn install(socket: &SocketRef) {
    membership(socket);
    messages(socket);
    sports(socket);
}

fn membership(socket: &SocketRef) {
    socket.on(
        "joinRoom",
        async |io: SocketIo, socket: SocketRef, Data(room): Data<String>, ack: AckSender| {
            socket.join(room.clone());
            let text = format!("{} joined {room}", socket.id);
            io.to(room).emit("roomMessage", &text).await.ok();
            ack.send(&json!({ "rooms": named(&socket) })).ok();
        },
    );
    socket.on(
        "leaveRoom",
        async |io: SocketIo, socket: SocketRef, Data(room): Data<String>, ack: AckSender| {
            socket.leave(room.clone());
            let text = format!("{} left {room}", socket.id);
            io.to(room).emit("roomMessage", &text).await.ok();
            ack.send(&json!({ "rooms": named(&socket) })).ok();
        },
    );
    socket.on("rooms", async |socket: SocketRef, ack: AckSender| {
        ack.send(&named(&socket)).ok();
    });
}

fn messages(socket: &SocketRef) {
    socket.on("roomMessage", async |io: SocketIo, Data((room, text)): Data<(String, Value)>| {
        io.to(room).emit("roomMessage", &text).await.ok();
    });
    socket.on("room message", async |io: SocketIo, Data((room, text)): Data<(String, Value)>| {
        io.to(room).emit("room message", &text).await.ok();
    });
    socket.on("chatMessage", async |io: SocketIo, socket: SocketRef, Data(said): Data<RoomMessage>| {
        let message = json!({ "user": socket.id, "text": said.message });
        io.to(said.room).emit("chatMessage", &message).await.ok();
    });
    socket.on("room-event", async |socket: SocketRef, Data((room, data)): Data<(String, Value)>| {
        socket.to(room).emit("room-event", &data).await.ok();
    });
    socket.on("multi-room", async |io: SocketIo, Data((rooms, data)): Data<(Vec<String>, Value)>| {
        io.to(rooms).emit("multi-room", &data).await.ok();
    });
}

fn sports(socket: &SocketRef) {
    socket.on("join-team-room", async |socket: SocketRef, Data(team): Data<String>, ack: AckSender| {
        socket.join(team.clone());
        let welcome = format!("Welcome to the {team} fan club!");
        socket.emit("welcome-message", &welcome).ok();
        ack.send(&json!({ "joined": team })).ok();
    });
    socket.on(
        "send-score-update",
        async |io: SocketIo, Data((team, score)): Data<(String, Value)>, ack: AckSender| {
            io.to(team).emit("score-update", &score).await.ok();
            ack.send(&json!({ "sent": true })).ok();
        },
    );
}

/// The rooms a socket joined itself.
pub(super) fn named(socket: &SocketRef) -> Vec<String> {
    let own = socket.id.to_string();
    let mut rooms: Vec<_> =
        socket.rooms().into_iter().map(String::from).filter(|room| *room != own).collect();
    rooms.sort();
    rooms
}
