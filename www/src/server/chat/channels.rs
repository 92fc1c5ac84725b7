//! The rooms of the chat, which people make by joining them.

use std::sync::Arc;

use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef, State};

use super::{Chat, name_of, system};

pub(super) fn install<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("room-join", join);
    socket.on("room-leave", leave);
}

async fn join<A: Adapter>(
    io: SocketIo<A>,
    socket: SocketRef<A>,
    Data(room): Data<String>,
    State(chat): State<Arc<Chat>>,
    ack: AckSender<A>,
) {
    let answer = match may_join(&socket, &chat, &room) {
        Ok((user, room)) => {
            if !is_member(&socket, room) {
                socket.join(inner(room));
                tell(&io, room, &format!("{user} joined #{room}")).await;
            }
            json!({ "status": "ok", "rooms": all(&socket) })
        }
        Err(why) => json!({ "error": why }),
    };
    ack.send(&answer).ok();
}

async fn leave<A: Adapter>(
    io: SocketIo<A>,
    socket: SocketRef<A>,
    Data(room): Data<String>,
    State(chat): State<Arc<Chat>>,
    ack: AckSender<A>,
) {
    if let (true, Some(user)) = (is_member(&socket, &room), chat.name(socket.id)) {
        tell(&io, &room, &format!("{user} left #{room}")).await;
        socket.leave(inner(&room));
    }
    ack.send(&json!({ "status": "ok", "rooms": all(&socket) })).ok();
}

pub(super) fn leave_all<A: Adapter>(socket: &SocketRef<A>) {
    for room in all(socket) {
        socket.leave(inner(&room));
    }
}

pub(super) fn is_member<A: Adapter>(socket: &SocketRef<A>, room: &str) -> bool {
    socket.rooms().iter().any(|it| it.strip_prefix(MARK) == Some(room))
}

/// What the adapter calls it: no name of a room is the id of a socket.
pub(super) fn inner(room: &str) -> String {
    format!("{MARK}{room}")
}

fn may_join<'a, A: Adapter>(
    socket: &SocketRef<A>,
    chat: &Chat,
    room: &'a str,
) -> Result<(String, &'a str), String> {
    let user = chat.name(socket.id).ok_or("Not authenticated")?;
    let room = name_of(room, "name of the room")?;
    if all(socket).len() >= MOST_ROOMS && !is_member(socket, room) {
        return Err(format!("You are in {MOST_ROOMS} rooms: leave one first"));
    }
    Ok((user, room))
}

async fn tell<A: Adapter>(io: &SocketIo<A>, room: &str, text: &str) {
    let mut message = system(text);
    message["room"] = room.into();
    io.to(inner(room)).emit("system-message", &message).await.ok();
}

fn all<A: Adapter>(socket: &SocketRef<A>) -> Vec<String> {
    let mut rooms: Vec<_> =
        socket.rooms().iter().filter_map(|it| it.strip_prefix(MARK).map(String::from)).collect();
    rooms.sort();
    rooms
}

const MARK: char = '#';
/// Of one person at a time.
const MOST_ROOMS: usize = 20;
