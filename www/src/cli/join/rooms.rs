//! The rooms this person is in, and the one they speak in.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{BoxFuture, ready};
use futures_util::stream::FuturesUnordered;
use serde::Deserialize;
use serde_json::Value;
use sockeye_native::Socket;

use super::outbox::refusal;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Default)]
pub(super) struct Rooms {
    joined: Vec<String>,
    /// Else everyone hears what is said.
    spoken_in: Option<String>,
    asked: FuturesUnordered<BoxFuture<'static, Answer>>,
}

/// What came of a wish: the rooms this person is in now, or why not.
pub(super) struct Answer {
    wish: Wish,
    rooms: Result<Vec<String>, String>,
}

enum Wish {
    Join(String),
    /// After a new connection.
    JoinAgain(String),
    Leave(String),
}

impl Rooms {
    pub(super) fn spoken_in(&self) -> Option<&str> {
        self.spoken_in.as_deref()
    }

    /// Whether what is said next may go elsewhere than what is said now.
    pub(super) fn is_asking(&self) -> bool {
        !self.asked.is_empty()
    }

    pub(super) fn join(&mut self, room: &str, socket: &Socket) {
        self.ask(Wish::Join(room.to_owned()), socket);
    }

    /// That one, or the one that is spoken in.
    pub(super) fn leave(&mut self, room: &str, socket: &Socket) -> Result<(), String> {
        let room = if room.is_empty() { self.spoken_in.as_deref().unwrap_or_default() } else { room };
        if room.is_empty() {
            return Err("say which room, as in /leave-room fish".into());
        }
        if !self.joined.iter().any(|it| it == room) {
            return Err(format!("you are not in #{room}"));
        }
        self.ask(Wish::Leave(room.to_owned()), socket);
        Ok(())
    }

    pub(super) fn speak_to_all(&mut self) {
        self.spoken_in = None;
    }

    /// The server forgets who was where with every connection.
    pub(super) fn join_again(&mut self, socket: &Socket) {
        for room in self.joined.clone() {
            self.ask(Wish::JoinAgain(room), socket);
        }
    }

    /// The next answer; `None` when none is awaited. Cancel-safe.
    pub(super) async fn answer(&mut self) -> Option<Answer> {
        self.asked.next().await
    }

    /// What is to be said of it, if anything; an error is trouble.
    pub(super) fn learn(&mut self, Answer { wish, rooms }: Answer) -> Result<Option<String>, String> {
        let rooms = rooms.map_err(|why| match &wish {
            Wish::Join(room) | Wish::JoinAgain(room) => format!("not joined, {why}: #{room}"),
            Wish::Leave(room) => format!("not left, {why}: #{room}"),
        })?;
        match wish {
            Wish::Join(room) => {
                self.joined = rooms;
                let told = format!("* you speak in #{room} now; /all speaks to everyone again");
                self.spoken_in = Some(room);
                Ok(Some(told))
            }
            // The others are still on their way.
            Wish::JoinAgain(_) => Ok(None),
            Wish::Leave(room) => {
                self.joined = rooms;
                let spoke_there = self.spoken_in.take_if(|it| *it == room).is_some();
                Ok(spoke_there.then(|| "* you speak to everyone now".into()))
            }
        }
    }

    fn ask(&mut self, wish: Wish, socket: &Socket) {
        let (event, room) = match &wish {
            Wish::Join(room) | Wish::JoinAgain(room) => ("room-join", room),
            Wish::Leave(room) => ("room-leave", room),
        };
        self.asked.push(match socket.timeout(PATIENCE).emit_with_ack(event, room) {
            Err(error) => Box::pin(ready(Answer { wish, rooms: Err(error.to_string()) })),
            Ok(ack) => Box::pin(async move {
                let answer = ack.data::<Value>().await;
                let rooms = answer.as_ref().ok().and_then(|it| Vec::deserialize(&it["rooms"]).ok());
                let rooms = refusal(answer).map_or_else(|| Ok(rooms.unwrap_or_default()), Err);
                Answer { wish, rooms }
            }),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(wish: Wish, rooms: &[&str]) -> Answer {
        Answer { wish, rooms: Ok(rooms.iter().map(|&it| it.to_owned()).collect()) }
    }

    #[test]
    fn what_is_joined_is_spoken_in_until_it_is_left() {
        let mut rooms = Rooms::default();
        for (room, all) in [("fish", &["fish"][..]), ("salmon", &["fish", "salmon"])] {
            assert!(rooms.learn(answer(Wish::Join(room.into()), all)).unwrap().unwrap().contains(room));
            assert_eq!(rooms.spoken_in(), Some(room));
        }
        // Another than the one that is spoken in.
        assert_eq!(rooms.learn(answer(Wish::Leave("fish".into()), &["salmon"])), Ok(None));
        assert_eq!(rooms.spoken_in(), Some("salmon"));
        assert!(rooms.learn(answer(Wish::Leave("salmon".into()), &[])).unwrap().is_some());
        assert_eq!(rooms.spoken_in(), None);
    }

    #[test]
    fn who_is_refused_stays_where_they_were() {
        let mut rooms = Rooms::default();
        rooms.learn(answer(Wish::Join("fish".into()), &["fish"])).unwrap();
        let refused =
            Answer { wish: Wish::Join("x".into()), rooms: Err("refused by the server, full".into()) };
        assert_eq!(rooms.learn(refused), Err("not joined, refused by the server, full: #x".into()));
        assert_eq!(rooms.spoken_in(), Some("fish"));
    }
}
