//! What this person says, until it is known what became of it.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use serde::Serialize;
use serde_json::Value;
use sockeye_native::{AckError, AnswerData, Socket};

use super::content::Content;

/// How long the server may take to confirm a message.
const PATIENCE: Duration = Duration::from_secs(5);

/// Messages typed while nobody can hear them.
const MOST_WAITING: usize = 100;

/// From a pipe they come faster than any server takes them; so many are under way at a time.
const MOST_UNCONFIRMED: usize = 64;

/// A message is emitted only while this person is in the room. The socket would keep it too, but it sends what it kept
/// before it reports the connection, hence before the server knows who is talking.
#[derive(Default)]
pub(super) struct Outbox {
    in_the_room: bool,
    waiting: VecDeque<Content>,
    unconfirmed: FuturesUnordered<BoxFuture<'static, Result<(), String>>>,
}

impl Outbox {
    /// Sends it, or keeps it until there is somebody to hear it; an error says what became of it instead.
    pub(super) fn say(&mut self, content: Content, socket: &Socket) -> Result<(), String> {
        if self.in_the_room {
            return self.send("chat-message", &content, content.words(), socket);
        }
        if self.waiting.len() == MOST_WAITING {
            let words = content.words();
            return Err(format!("not sent, as {MOST_WAITING} others wait for the connection: {words}"));
        }
        self.waiting.push_back(content);
        Ok(())
    }

    /// Says who is talking.
    pub(super) fn enters(&mut self, name: &str, socket: &Socket) -> Result<(), String> {
        self.in_the_room = true;
        self.send("user-join", name, format!("your name, {name}"), socket)
    }

    /// Sends what waited, for those who are in the room again.
    pub(super) fn sends_what_waited(&mut self, socket: &Socket) -> Vec<String> {
        let waited = std::mem::take(&mut self.waiting);
        waited.into_iter().filter_map(|content| self.say(content, socket).err()).collect()
    }

    pub(super) fn lost(&mut self) {
        self.in_the_room = false;
    }

    pub(super) fn is_in_the_room(&self) -> bool {
        self.in_the_room
    }

    /// Whether a pipe may be read on.
    pub(super) fn has_room(&self) -> bool {
        self.unconfirmed.len() < MOST_UNCONFIRMED && self.waiting.len() < MOST_WAITING
    }

    /// What became of the next message; `None` when there is none under way. Cancel-safe.
    pub(super) async fn outcome(&mut self) -> Option<Result<(), String>> {
        self.unconfirmed.next().await
    }

    pub(super) fn is_confirmed(&self) -> bool {
        self.unconfirmed.is_empty()
    }

    /// Those that nobody will hear any more.
    pub(super) fn give_up(&mut self) -> impl Iterator<Item = String> {
        self.waiting.drain(..).map(|it| format!("not sent, there is no connection: {}", it.words()))
    }

    fn send<T: Serialize + ?Sized>(
        &mut self,
        event: &str,
        data: &T,
        words: String,
        socket: &Socket,
    ) -> Result<(), String> {
        let ack = match socket.timeout(PATIENCE).emit_with_ack(event, data) {
            Ok(ack) => ack,
            Err(error) => return Err(format!("not sent, {error}: {words}")),
        };
        self.unconfirmed.push(Box::pin(async move {
            match refusal(ack.data::<Value>().await) {
                None => Ok(()),
                Some(why) => Err(format!("{why}: {words}")),
            }
        }));
        Ok(())
    }
}

/// Why what was asked for was not done, if it was not.
pub(super) fn refusal(answer: Result<Value, AnswerData>) -> Option<String> {
    match answer {
        Ok(answer) => answer.get("error").map(|error| {
            let why = error.as_str().map_or_else(|| error.to_string(), str::to_owned);
            format!("refused by the server, {why}")
        }),
        // Confirmed, if in other words than those of this chat.
        Err(AnswerData::Data(_)) => None,
        Err(AnswerData::None(AckError::TimedOut)) => {
            Some(format!("not confirmed within {} s, it may not have arrived", PATIENCE.as_secs()))
        }
        Err(AnswerData::None(AckError::Disconnected)) => {
            Some(String::from("not confirmed, the connection was lost and it may not have arrived"))
        }
        Err(AnswerData::None(AckError::Dropped)) => Some(String::from("not sent")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_became_of_a_message() {
        let lost = |error| Err(AnswerData::None(error));
        for (answer, why) in [
            (Ok(json!({ "status": "ok", "id": 1 })), None),
            (Ok(json!("fine")), None),
            (Ok(json!({ "error": "Not authenticated" })), Some("refused by the server, Not authenticated")),
            (Ok(json!({ "error": { "code": 7 } })), Some("refused by the server, {\"code\":7}")),
            (lost(AckError::TimedOut), Some("not confirmed within 5 s, it may not have arrived")),
            (
                lost(AckError::Disconnected),
                Some("not confirmed, the connection was lost and it may not have arrived"),
            ),
            (lost(AckError::Dropped), Some("not sent")),
        ] {
            assert_eq!(refusal(answer).as_deref(), why);
        }
    }
}
