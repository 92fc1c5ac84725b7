//! What a client of the chat hears.

use serde::Deserialize;
use serde_json::Value;
use sockeye_native::{DataError, Message};

/// What happens in the room, as its clients hear it.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Somebody said something; the server sends it to all, also to who said it.
    Said(Said),
    /// The room itself speaks: who came, who went, what the administration announces.
    System(String),
    /// Who is online from now on, in the order in which they came.
    Online(Vec<Person>),
    /// Somebody else is typing.
    Typing(String),
    /// Somebody else stopped typing.
    StoppedTyping(String),
    /// Nothing of the chat: the server has other scenarios too.
    Other,
}

/// Somebody who is online.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As the others see it; several may have the same.
    pub name: String,
    /// Where to send what is for nobody else.
    pub id: String,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub user: String,
    /// What. Peers may send any JSON; what is no text is given as JSON, and an image by its name.
    pub text: String,
    /// Who else heard it.
    pub place: Place,
}

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Everybody hears it.
    Everywhere,
    /// Those in this room.
    Room(String),
    /// Two people, and nobody else.
    Between {
        /// The id of who said it.
        from: String,
        /// Who it is for.
        to: Person,
    },
}

impl Heard {
    /// Reads an event. All of them come from one listener, so that they keep the order in which they were sent:
    /// with a listener for each name nobody could tell whether "ann left" came before what ann said.
    pub fn read(message: &Message) -> Result<Self, DataError> {
        Ok(match &*message.event() {
            "chat-message" => {
                let said: RawSaid = message.data()?;
                Self::Said(said.read())
            }
            "system-message" => Self::System(in_words(message.data::<RawSystem>()?.text)),
            "admin-announcement" => Self::System(format!("announcement: {}", in_words(message.data()?))),
            "user-list" => {
                let users: Vec<RawUser> = message.data()?;
                Self::Online(users.into_iter().map(RawUser::read).collect())
            }
            "user-typing" => Self::Typing(in_words(message.data()?)),
            "user-stopped-typing" => Self::StoppedTyping(in_words(message.data()?)),
            _ => Self::Other,
        })
    }
}

#[derive(Deserialize)]
struct RawSaid {
    user: Value,
    #[serde(default)]
    text: Value,
    image: Option<RawImage>,
    room: Option<String>,
    #[serde(default)]
    from: String,
    to: Option<RawUser>,
}

#[derive(Deserialize)]
struct RawImage {
    name: String,
}

impl RawSaid {
    fn read(self) -> Said {
        let text = match self.image {
            Some(RawImage { name }) => format!("[image {name}]"),
            None => in_words(self.text),
        };
        let place = match (self.room, self.to) {
            (_, Some(to)) => Place::Between { from: self.from, to: to.read() },
            (Some(room), None) => Place::Room(room),
            (None, None) => Place::Everywhere,
        };
        Said { user: in_words(self.user), text, place }
    }
}

#[derive(Deserialize)]
struct RawSystem {
    text: Value,
}

#[derive(Deserialize)]
struct RawUser {
    username: Value,
    #[serde(default)]
    id: String,
}

impl RawUser {
    fn read(self) -> Person {
        Person { name: in_words(self.username), id: self.id }
    }
}

fn in_words(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
