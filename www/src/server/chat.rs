//! The chat application: who is here, what they say, who is typing.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use rmpv::Value;
use serde::{Deserialize, Serialize};
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::extract::{AckSender, Data, SocketRef, State, TryData};
use socketioxide::socket::Sid;

/// Who is online, in the order in which they came.
#[derive(Debug)]
pub(super) struct Chat {
    online: Mutex<Vec<(Sid, User)>>,
    /// Starts at the time, as the tutorial's ids do, and counts: two messages of one millisecond are still two.
    next_id: AtomicU64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    username: String,
    joined_at: String,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default = "nothing")]
    text: Value,
}

impl Default for Chat {
    fn default() -> Self {
        Self { online: Mutex::default(), next_id: AtomicU64::new(now()) }
    }
}

pub(super) fn install(socket: &SocketRef) {
    socket.on("user-join", join);
    socket.on("chat-message", say);
    socket.on("typing", async |socket: SocketRef, State(chat): State<Arc<Chat>>| {
        tell_others(&socket, &chat, "user-typing").await;
    });
    socket.on("stop-typing", async |socket: SocketRef, State(chat): State<Arc<Chat>>| {
        tell_others(&socket, &chat, "user-stopped-typing").await;
    });
    socket.on("leave", leave);
}

async fn join(
    io: SocketIo,
    socket: SocketRef,
    Data(username): Data<String>,
    State(chat): State<Arc<Chat>>,
    ack: AckSender,
) {
    chat.add(socket.id, &username);
    io.emit("user-list", &chat.users()).await.ok();
    socket.broadcast().emit("system-message", &system(&format!("{username} joined the chat"))).await.ok();
    ack.send(&json!({ "status": "ok" })).ok();
}

async fn say(
    io: SocketIo,
    socket: SocketRef,
    TryData(said): TryData<Said>,
    State(chat): State<Arc<Chat>>,
    ack: AckSender,
) {
    let Some(user) = chat.name(socket.id) else {
        ack.send(&json!({ "error": "Not authenticated" })).ok();
        return;
    };
    let id = chat.next_id.fetch_add(1, Ordering::Relaxed);
    let text = said.map_or(Value::Nil, |said| said.text);
    let message = json!({ "id": id, "user": user, "text": text, "timestamp": now() });
    io.emit("chat-message", &message).await.ok();
    ack.send(&json!({ "status": "ok", "id": id })).ok();
}

async fn leave(io: SocketIo, socket: SocketRef, State(chat): State<Arc<Chat>>, ack: AckSender) {
    if let Some(name) = chat.remove(socket.id) {
        io.emit("user-list", &chat.users()).await.ok();
        io.emit("system-message", &system(&format!("{name} left the chat"))).await.ok();
    }
    ack.send(&json!({ "status": "ok" })).ok();
}

async fn tell_others(socket: &SocketRef, chat: &Chat, event: &str) {
    if let Some(name) = chat.name(socket.id) {
        socket.broadcast().emit(event, &name).await.ok();
    }
}

impl Chat {
    /// A socket is gone: tell those who are still there.
    pub(super) async fn left(&self, socket: &SocketRef) {
        if let Some(name) = self.remove(socket.id) {
            socket.broadcast().emit("user-list", &self.users()).await.ok();
            socket.broadcast().emit("system-message", &system(&format!("{name} left the chat"))).await.ok();
        }
    }

    fn add(&self, id: Sid, username: &str) {
        let joined_at = humantime::format_rfc3339_millis(SystemTime::now()).to_string();
        let user = User { username: username.to_owned(), joined_at };
        self.with(|online| match online.iter_mut().find(|(other, _)| *other == id) {
            Some((_, known)) => *known = user,
            None => online.push((id, user)),
        });
    }

    fn remove(&self, id: Sid) -> Option<String> {
        self.with(|online| {
            let position = online.iter().position(|(other, _)| *other == id)?;
            Some(online.remove(position).1.username)
        })
    }

    fn name(&self, id: Sid) -> Option<String> {
        self.with(|online| {
            online.iter().find(|(other, _)| *other == id).map(|(_, user)| user.username.clone())
        })
    }

    fn users(&self) -> Vec<User> {
        self.with(|online| online.iter().map(|(_, user)| user.clone()).collect())
    }

    fn with<T>(&self, f: impl FnOnce(&mut Vec<(Sid, User)>) -> T) -> T {
        f(&mut self.online.lock().unwrap_or_else(PoisonError::into_inner))
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

fn nothing() -> Value {
    Value::Nil
}
