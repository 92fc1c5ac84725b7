//! The chat application: who comes, who goes, who is typing. Who is here is in [`people`]; what they say is in [`messages`], where they say it in [`channels`].

mod channels;
mod messages;
mod people;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef, State};
use socketioxide::socket::Sid;

use people::People;

/// Those of this node who are in the chat, and the ids of its messages.
#[derive(Debug)]
pub(super) struct Chat {
    people: People,
    /// Starts at the time, as the tutorial's ids do, and counts: two messages of one millisecond are still two.
    next_id: AtomicU64,
}

impl Default for Chat {
    fn default() -> Self {
        Self { people: People::default(), next_id: AtomicU64::new(now()) }
    }
}

pub(super) fn install<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("user-join", join);
    messages::install(socket);
    channels::install(socket);
    socket.on("typing", async |socket: SocketRef<A>, State(chat): State<Arc<Chat>>| {
        tell_others(&socket, &chat, "user-typing").await;
    });
    socket.on("stop-typing", async |socket: SocketRef<A>, State(chat): State<Arc<Chat>>| {
        tell_others(&socket, &chat, "user-stopped-typing").await;
    });
    socket.on("leave", leave);
}

async fn join<A: Adapter>(
    io: SocketIo<A>,
    socket: SocketRef<A>,
    Data(username): Data<String>,
    State(chat): State<Arc<Chat>>,
    ack: AckSender<A>,
) {
    let username = match name_of(&username, "name") {
        Ok(name) => name,
        Err(why) => return drop(ack.send(&json!({ "error": why }))),
    };
    chat.people.add(&socket, username);
    io.emit("user-list", &people::all(&io).await).await.ok();
    socket.broadcast().emit("system-message", &system(&format!("{username} joined the chat"))).await.ok();
    ack.send(&json!({ "status": "ok" })).ok();
}

async fn leave<A: Adapter>(
    io: SocketIo<A>,
    socket: SocketRef<A>,
    State(chat): State<Arc<Chat>>,
    ack: AckSender<A>,
) {
    if let Some(name) = chat.people.remove(&socket) {
        channels::leave_all(&socket);
        io.emit("user-list", &people::all(&io).await).await.ok();
        io.emit("system-message", &system(&format!("{name} left the chat"))).await.ok();
    }
    ack.send(&json!({ "status": "ok" })).ok();
}

async fn tell_others<A: Adapter>(socket: &SocketRef<A>, chat: &Chat, event: &str) {
    if let Some(name) = chat.name(socket.id) {
        socket.broadcast().emit(event, &name).await.ok();
    }
}

impl Chat {
    /// A socket is gone: tell those who are still there.
    pub(super) async fn left<A: Adapter>(&self, io: &SocketIo<A>, socket: &SocketRef<A>) {
        if let Some(name) = self.people.remove(socket) {
            let there: Vec<_> = people::all(io).await.into_iter().filter(|it| it.id != socket.id).collect();
            socket.broadcast().emit("user-list", &there).await.ok();
            socket.broadcast().emit("system-message", &system(&format!("{name} left the chat"))).await.ok();
        }
    }

    fn name(&self, id: Sid) -> Option<String> {
        self.people.name(id)
    }

    fn next_id(&self) -> u64 {
        self.next_id.fetch_add(1, Ordering::Relaxed)
    }
}

/// Of a person or a room: what is left without the spaces around it, or why it is none.
pub(super) fn name_of<'a>(given: &'a str, what: &str) -> Result<&'a str, String> {
    let name = given.trim();
    let length = name.chars().count();
    if name.is_empty() {
        Err(format!("The {what} is empty"))
    } else if length > LONGEST_NAME {
        Err(format!("The {what} has {length} characters; choose one of at most {LONGEST_NAME}"))
    } else if name.chars().any(char::is_control) {
        Err(format!("The {what} holds control characters"))
    } else {
        Ok(name)
    }
}

fn system(text: &str) -> serde_json::Value {
    json!({ "text": text, "timestamp": now() })
}

/// Milliseconds since 1970, as `Date.now()` has them.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

const LONGEST_NAME: usize = 40;
