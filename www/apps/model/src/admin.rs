//! The namespace with a door: a second one on the same connection.

use std::{collections::BTreeMap, time::Duration};

use serde_json::Value;
use sockeye_wasm::{ConnectError, Lifecycle, Socket};

use crate::User;

/// Whoever has the token may say something to all, and send somebody away.
#[derive(Clone)]
pub struct Admin(Socket);

/// What is said of it, and whether it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Door {
    pub words: String,
    pub is_inside: bool,
}

impl Admin {
    /// On the connection of that socket.
    pub fn new(socket: &Socket) -> Self {
        Self(socket.manager().socket("/admin"))
    }

    pub fn socket(&self) -> &Socket {
        &self.0
    }

    /// With that token, or with none.
    pub fn enter(&self, token: &str) {
        let auth: BTreeMap<_, _> = (!token.is_empty()).then_some(("token", token)).into_iter().collect();
        // A map of text is always an object.
        let _ = self.0.set_auth(&auth);
        self.0.disconnect();
        self.0.connect();
    }

    pub fn announce(&self, text: &str) {
        // Without a way out there is no form to say it with.
        let _ = self.0.emit("announce", text);
    }

    /// Sends somebody away, and gives what is to be said after that.
    pub async fn kick(&self, User { username, id }: &User) -> Door {
        let words = match self.sends_away(id).await {
            Ok(true) => format!("{username} was sent away."),
            Ok(false) => format!("{username} is not on this server any more."),
            Err(why) => format!("Whether {username} was sent away is not confirmed: {why}."),
        };
        Door { words, is_inside: self.0.connected() }
    }

    /// What is to be said after this.
    pub async fn door(&self, change: &Lifecycle) -> Option<Door> {
        Some(match change {
            Lifecycle::Connect { .. } => {
                let count = match self.0.emit_with_ack("count", &()) {
                    Ok(asked) => asked.data::<u64>().await.ok(),
                    Err(_) => None,
                };
                let count = count.map_or_else(|| "?".into(), |count| count.to_string());
                Door { words: format!("You are in: {count} connected."), is_inside: true }
            }
            Lifecycle::ConnectError(ConnectError::Refused { body, .. }) => {
                let body: Value = serde_json::from_str(body).unwrap_or_default();
                let reason = body["message"].as_str().unwrap_or("no reason is given");
                let code = body["data"]["code"].as_str().map(|code| format!(" ({code})")).unwrap_or_default();
                Door { words: format!("Refused: {reason}{code}"), is_inside: false }
            }
            Lifecycle::ConnectError(error) => Door { words: format!("Refused: {error}"), is_inside: false },
            Lifecycle::Disconnect { reason, .. } => {
                Door { words: format!("Out: {reason}"), is_inside: false }
            }
            _ => return None,
        })
    }

    /// Whether they were there.
    async fn sends_away(&self, id: &str) -> Result<bool, String> {
        let asked = self.0.timeout(PATIENCE).emit_with_ack("kick", id);
        asked.map_err(|error| error.to_string())?.data().await.map_err(|error| error.to_string())
    }
}

impl PartialEq for Admin {
    fn eq(&self, other: &Self) -> bool {
        self.0.name() == other.0.name()
    }
}

/// For an answer.
const PATIENCE: Duration = Duration::from_secs(5);
