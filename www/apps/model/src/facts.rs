//! What goes over the wire.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use serde_json::Value;

/// Somebody who is online.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct User {
    pub username: String,
    /// Where to send what is for nobody else.
    pub id: String,
}

/// What the server tells everybody who is to hear it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Said {
    pub user: Value,
    #[serde(default)]
    pub text: Value,
    pub timestamp: f64,
    pub image: Option<Image>,
    pub room: Option<String>,
    pub from: Option<String>,
    pub to: Option<User>,
}

/// An image, its bytes as binary.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Image {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub bytes: ByteBuf,
}

/// Who is to hear a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whom {
    #[default]
    Everyone,
    Room(String),
    To(String),
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Content {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) image: Option<Image>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) room: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<String>,
}

impl Content {
    pub(crate) fn new(text: Option<String>, image: Option<Image>, whom: Whom) -> Self {
        let (room, to) = match whom {
            Whom::Everyone => (None, None),
            Whom::Room(room) => (Some(room), None),
            Whom::To(id) => (None, Some(id)),
        };
        Self { text, image, room, to }
    }
}

/// How the server answers.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(crate) error: Option<String>,
    pub(crate) rooms: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct System {
    pub(crate) text: Value,
}

impl Said {
    /// Where it was said, if not everybody heard it.
    pub fn place(&self, is_mine: bool) -> Option<String> {
        match (&self.to, &self.room) {
            (Some(to), _) if is_mine => Some(format!("to {} alone", to.username)),
            (Some(_), _) => Some("to you alone".into()),
            (None, room) => room.as_ref().map(|room| format!("#{room}")),
        }
    }
}

impl Image {
    /// A file of that name; a very long one loses its start.
    pub fn new(name: &str, kind: String, bytes: Vec<u8>) -> Self {
        let length = name.chars().count();
        let name = name.chars().skip(length.saturating_sub(LONGEST_FILE_NAME)).collect();
        Self { name, kind, bytes: ByteBuf::from(bytes) }
    }
}

const LONGEST_FILE_NAME: usize = 200;
