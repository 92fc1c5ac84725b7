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
    /// The room itself speaks: who came, who went.
    System(String),
    /// Who is online from now on, in the order in which they came.
    Online(Vec<String>),
    /// Somebody else is typing.
    Typing(String),
    /// Somebody else stopped typing.
    StoppedTyping(String),
    /// Nothing of the chat: the server has other scenarios too.
    Other,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub user: String,
    /// What. Peers may send any JSON; what is no text is given as JSON.
    pub text: String,
}

impl Heard {
    /// Reads an event. All of them come from one listener, so that they keep the order in which they were sent:
    /// with a listener for each name nobody could tell whether "ann left" came before what ann said.
    pub fn read(message: &Message) -> Result<Self, DataError> {
        Ok(match &*message.event() {
            "chat-message" => {
                let said: RawSaid = message.data()?;
                Self::Said(Said { user: in_words(said.user), text: in_words(said.text) })
            }
            "system-message" => Self::System(in_words(message.data::<RawSystem>()?.text)),
            "user-list" => {
                let users: Vec<RawUser> = message.data()?;
                Self::Online(users.into_iter().map(|user| in_words(user.username)).collect())
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
}

#[derive(Deserialize)]
struct RawSystem {
    text: Value,
}

#[derive(Deserialize)]
struct RawUser {
    username: Value,
}

fn in_words(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
