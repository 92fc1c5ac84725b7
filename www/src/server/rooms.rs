//! Rooms, several rooms at once, and the sports rooms.
//!
//! The adapter knows other rooms, too: one for each socket, those of the chat, one for each person in it. What a client may
//! name is a namespace of its own among them, so that nobody hears what is for somebody else by joining their id.

use rmpv::Value;
use serde::Deserialize;
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef, TryData};

use super::chat::name_of;

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

/// Joins the room of that name, or says why it cannot be joined.
pub(super) fn join<A: Adapter>(
    socket: &SocketRef<A>,
    TryData(room): TryData<String>,
) -> Result<String, String> {
    let room = room.map_err(|_| "The name of the room is no text")?;
    let room = name_of(&room, "name of the room")?;
    let joined = named(socket);
    if joined.len() >= MOST_ROOMS && !joined.iter().any(|it| it == room) {
        return Err(format!("You are in {MOST_ROOMS} rooms: leave one first"));
    }
    socket.join(inner(room));
    Ok(room.to_owned())
}

/// What the adapter calls it.
pub(super) fn inner(room: &str) -> String {
    format!("{MARK}{}", room.trim())
}

/// The rooms a socket joined itself.
pub(super) fn named<A: Adapter>(socket: &SocketRef<A>) -> Vec<String> {
    let mut rooms: Vec<_> =
        socket.rooms().iter().filter_map(|it| it.strip_prefix(MARK).map(String::from)).collect();
    rooms.sort();
    rooms
}

fn membership<A: Adapter>(socket: &SocketRef<A>) {
    socket.on(
        "joinRoom",
        async |io: SocketIo<A>, socket: SocketRef<A>, room: TryData<String>, ack: AckSender<A>| {
            let answer = match join(&socket, room) {
                Ok(room) => {
                    let text = format!("{} joined {room}", socket.id);
                    io.to(inner(&room)).emit("roomMessage", &text).await.ok();
                    json!({ "rooms": named(&socket) })
                }
                Err(why) => json!({ "error": why }),
            };
            ack.send(&answer).ok();
        },
    );
    socket.on(
        "leaveRoom",
        async |io: SocketIo<A>, socket: SocketRef<A>, Data(room): Data<String>, ack: AckSender<A>| {
            socket.leave(inner(&room));
            let text = format!("{} left {}", socket.id, room.trim());
            io.to(inner(&room)).emit("roomMessage", &text).await.ok();
            ack.send(&json!({ "rooms": named(&socket) })).ok();
        },
    );
    socket.on("rooms", async |socket: SocketRef<A>, ack: AckSender<A>| {
        ack.send(&named(&socket)).ok();
    });
}

fn messages<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("roomMessage", async |io: SocketIo<A>, Data((room, text)): Data<(String, Value)>| {
        io.to(inner(&room)).emit("roomMessage", &text).await.ok();
    });
    socket.on("room message", async |io: SocketIo<A>, Data((room, text)): Data<(String, Value)>| {
        io.to(inner(&room)).emit("room message", &text).await.ok();
    });
    socket.on("chatMessage", async |io: SocketIo<A>, socket: SocketRef<A>, Data(said): Data<RoomMessage>| {
        let message = json!({ "user": socket.id, "text": said.message });
        io.to(inner(&said.room)).emit("chatMessage", &message).await.ok();
    });
    socket.on("room-event", async |socket: SocketRef<A>, Data((room, data)): Data<(String, Value)>| {
        socket.to(inner(&room)).emit("room-event", &data).await.ok();
    });
    socket.on("multi-room", async |io: SocketIo<A>, Data((rooms, data)): Data<(Vec<String>, Value)>| {
        let rooms: Vec<_> = rooms.iter().map(|room| inner(room)).collect();
        io.to(rooms).emit("multi-room", &data).await.ok();
    });
}

fn sports<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("join-team-room", async |socket: SocketRef<A>, team: TryData<String>, ack: AckSender<A>| {
        let answer = match join(&socket, team) {
            Ok(team) => {
                let welcome = format!("Welcome to the {team} fan club!");
                socket.emit("welcome-message", &welcome).ok();
                json!({ "joined": team })
            }
            Err(why) => json!({ "error": why }),
        };
        ack.send(&answer).ok();
    });
    socket.on(
        "send-score-update",
        async |io: SocketIo<A>, Data((team, score)): Data<(String, Value)>, ack: AckSender<A>| {
            io.to(inner(&team)).emit("score-update", &score).await.ok();
            ack.send(&json!({ "sent": true })).ok();
        },
    );
}

/// Neither the id of a socket nor a room of the chat or a person starts so.
const MARK: &str = "room:";
/// Of one socket at a time.
const MOST_ROOMS: usize = 20;
