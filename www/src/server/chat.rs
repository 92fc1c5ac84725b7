//! The chat application: who is here, who is typing. What they say is in [`messages`], where they say it in [`channels`].

mod channels;
mod messages;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef, State};
use socketioxide::socket::Sid;

/// Who is online, in the order in which they came.
#[derive(Debug)]
pub(super) struct Chat {
    online: Mutex<Vec<User>>,
    /// Starts at the time, as the tutorial's ids do, and counts: two messages of one millisecond are still two.
    next_id: AtomicU64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    username: String,
    joined_at: String,
    /// Where to send what is for nobody else.
    id: Sid,
}

impl Default for Chat {
    fn default() -> Self {
        Self { online: Mutex::default(), next_id: AtomicU64::new(now()) }
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
    // The official server has such a room from the start: it is what a message for one person goes to.
    socket.join(socket.id.to_string());
    chat.add(socket.id, username);
    io.emit("user-list", &chat.users()).await.ok();
    socket.broadcast().emit("system-message", &system(&format!("{username} joined the chat"))).await.ok();
    ack.send(&json!({ "status": "ok" })).ok();
}

async fn leave<A: Adapter>(
    io: SocketIo<A>,
    socket: SocketRef<A>,
    State(chat): State<Arc<Chat>>,
    ack: AckSender<A>,
) {
    if let Some(name) = chat.remove(socket.id) {
        socket.leave(socket.id.to_string());
        channels::leave_all(&socket);
        io.emit("user-list", &chat.users()).await.ok();
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
    pub(super) async fn left<A: Adapter>(&self, socket: &SocketRef<A>) {
        if let Some(name) = self.remove(socket.id) {
            socket.broadcast().emit("user-list", &self.users()).await.ok();
            socket.broadcast().emit("system-message", &system(&format!("{name} left the chat"))).await.ok();
        }
    }

    fn add(&self, id: Sid, username: &str) {
        let joined_at = humantime::format_rfc3339_millis(SystemTime::now()).to_string();
        let user = User { username: username.to_owned(), joined_at, id };
        self.with(|online| match online.iter_mut().find(|other| other.id == id) {
            Some(known) => *known = user,
            None => online.push(user),
        });
    }

    fn remove(&self, id: Sid) -> Option<String> {
        self.with(|online| {
            let position = online.iter().position(|other| other.id == id)?;
            Some(online.remove(position).username)
        })
    }

    fn name(&self, id: Sid) -> Option<String> {
        self.with(|online| online.iter().find(|other| other.id == id).map(|user| user.username.clone()))
    }

    fn users(&self) -> Vec<User> {
        self.with(|online| online.clone())
    }

    fn next_id(&self) -> u64 {
        self.next_id.fetch_add(1, Ordering::Relaxed)
    }

    fn with<T>(&self, f: impl FnOnce(&mut Vec<User>) -> T) -> T {
        f(&mut self.online.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Of a person or a room: what is left without the spaces around it, or why it is none.
fn name_of<'a>(given: &'a str, what: &str) -> Result<&'a str, String> {
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
