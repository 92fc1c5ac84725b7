//! What people say: text or an image, to all, to a room, or to one person.

use std::sync::Arc;

use rmpv::Value;
use serde::Deserialize;
use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, SocketRef, State, TryData};
use socketioxide::socket::Sid;

use super::{Chat, channels, now, people};
use crate::server::binary::map;

#[derive(Deserialize)]
struct Said {
    #[serde(default = "nothing")]
    text: Value,
    image: Option<Image>,
    /// Only for those in this room.
    room: Option<String>,
    /// Only for this person: an id from the list of users.
    to: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Image {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    /// The image itself, as binary.
    bytes: Value,
}

struct Message {
    id: u64,
    user: String,
    text: Value,
    image: Option<Image>,
    room: Option<String>,
    /// Of a message for one person: between whom.
    between: Option<(Sid, Person)>,
}

struct Person {
    id: Sid,
    username: String,
}

impl Message {
    /// As it is sent. By way of a value: the library takes bytes inside of an `Option` for a list of numbers.
    fn into_value(self) -> Value {
        let mut entries = vec![
            ("id", Value::from(self.id)),
            ("user", self.user.into()),
            ("text", self.text),
            ("timestamp", now().into()),
        ];
        if let Some(Image { name, kind, bytes }) = self.image {
            entries.push(("image", map([("name", name.into()), ("type", kind.into()), ("bytes", bytes)])));
        }
        if let Some(room) = self.room {
            entries.push(("room", room.into()));
        }
        if let Some((from, Person { id, username })) = self.between {
            entries.push(("from", from.to_string().into()));
            entries.push(("to", map([("id", id.to_string().into()), ("username", username.into())])));
        }
        map(entries)
    }
}

pub(super) fn install<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("chat-message", say);
}

async fn say<A: Adapter>(
    io: SocketIo<A>,
    socket: SocketRef<A>,
    TryData(said): TryData<Value>,
    State(chat): State<Arc<Chat>>,
    ack: AckSender<A>,
) {
    // By way of a value: the library finds bytes inside of an `Option` only so.
    let said = said.ok().and_then(|said| rmpv::ext::from_value(said).ok());
    let answer = match heed(&io, &socket, &chat, said).await {
        Ok((message, rooms)) => {
            let id = message.id;
            let message = message.into_value();
            if rooms.is_empty() {
                io.emit("chat-message", &message).await.ok();
            } else {
                io.to(rooms).emit("chat-message", &message).await.ok();
            }
            json!({ "status": "ok", "id": id })
        }
        Err(why) => json!({ "error": why }),
    };
    ack.send(&answer).ok();
}

/// The message, and the rooms it goes to; none are all people.
async fn heed<A: Adapter>(
    io: &SocketIo<A>,
    socket: &SocketRef<A>,
    chat: &Chat,
    said: Option<Said>,
) -> Result<(Message, Vec<String>), String> {
    let user = chat.name(socket.id).ok_or("Not authenticated")?;
    let Said { text, image, room, to } = said.ok_or("A message is an object with a text or an image")?;
    if let Some(image) = &image {
        image.check()?;
    }
    let mut rooms = Vec::new();
    if let Some(room) = &room {
        if !channels::is_member(socket, room) {
            return Err(format!("You are not in the room {room}"));
        }
        rooms.push(channels::inner(room));
    }
    let to = match to {
        Some(id) => Some(person(io, &id).await?),
        None => None,
    };
    if let Some(Person { id, .. }) = &to {
        rooms = vec![id.to_string(), socket.id.to_string()];
    }
    let between = to.map(|to| (socket.id, to));
    Ok((Message { id: chat.next_id(), user, text, image, room, between }, rooms))
}

async fn person<A: Adapter>(io: &SocketIo<A>, id: &str) -> Result<Person, String> {
    let known = people::all(io).await.into_iter().find(|it| it.id.as_str() == id);
    let known = known.map(|it| Person { id: it.id, username: it.username });
    known.ok_or_else(|| "This person is not here any more".into())
}

impl Image {
    fn check(&self) -> Result<(), String> {
        let Value::Binary(bytes) = &self.bytes else { return Err("The image is not binary".into()) };
        if bytes.len() > LARGEST_IMAGE {
            return Err(format!("The image has {} bytes; {LARGEST_IMAGE} are allowed", bytes.len()));
        }
        if !IMAGES.contains(&self.kind.as_str()) {
            return Err(format!("The image has to be one of {}", IMAGES.join(", ")));
        }
        if self.name.chars().count() > LONGEST_FILE_NAME {
            return Err("The name of the image is too long".into());
        }
        Ok(())
    }
}

fn nothing() -> Value {
    Value::Nil
}

/// In base64, as it goes by long-polling, it still fits in the largest message that a server takes unless told otherwise
/// (`maxHttpBufferSize`, 1 MB).
const LARGEST_IMAGE: usize = 700_000;
/// What browsers show, and nothing that holds scripts.
const IMAGES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const LONGEST_FILE_NAME: usize = 200;
