//! Who is online, on whichever node: an adapter knows the rooms of all nodes, so each person is a room of one.
//!
//! A list of its own in each node would tell everybody whoever happens to be on the last that spoke; and with a node that
//! dies its rooms are gone, too.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::SocketRef;
use socketioxide::socket::Sid;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    pub(super) username: String,
    joined_at: String,
    /// Where to send what is for nobody else.
    pub(super) id: Sid,
    /// Microseconds since 1970: the order in which they came.
    #[serde(skip)]
    since: u64,
}

/// Those of this node.
#[derive(Debug, Default)]
pub(super) struct People(Mutex<HashMap<Sid, Person>>);

impl People {
    /// Under another name it is the same person, in the same place of the list.
    pub(super) fn add<A: Adapter>(&self, socket: &SocketRef<A>, username: &str) {
        let known = self.take(socket);
        let since = known.map_or_else(now, |known| known.since);
        let person = Person::new(username, socket.id, since);
        // The official server has the first from the start: it is what a message for one person goes to.
        socket.join([socket.id.to_string(), person.room()]);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(socket.id, person);
    }

    pub(super) fn remove<A: Adapter>(&self, socket: &SocketRef<A>) -> Option<String> {
        let known = self.take(socket)?;
        socket.leave(socket.id.to_string());
        Some(known.username)
    }

    pub(super) fn name(&self, id: Sid) -> Option<String> {
        let people = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        people.get(&id).map(|person| person.username.clone())
    }

    fn take<A: Adapter>(&self, socket: &SocketRef<A>) -> Option<Person> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&socket.id)?;
        socket.leave(known.room());
        Some(known)
    }
}

/// Of all nodes, in the order in which they came.
pub(super) async fn all<A: Adapter>(io: &SocketIo<A>) -> Vec<Person> {
    let rooms = io.rooms().await.unwrap_or_default();
    let mut people: Vec<_> = rooms.iter().filter_map(|room| Person::of(room)).collect();
    people.sort_by(|one, other| (one.since, one.id.as_str()).cmp(&(other.since, other.id.as_str())));
    people
}

impl Person {
    fn new(username: &str, id: Sid, since: u64) -> Self {
        let joined = UNIX_EPOCH + Duration::from_micros(since);
        let joined_at = humantime::format_rfc3339_millis(joined).to_string();
        Self { username: username.to_owned(), joined_at, id, since }
    }

    fn room(&self) -> String {
        format!("{MARK}{} {} {}", self.since, self.id, self.username)
    }

    fn of(room: &str) -> Option<Self> {
        let mut words = room.strip_prefix(MARK)?.splitn(3, ' ');
        let (since, id) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(Self::new(words.next()?, id, since))
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

/// No other room starts with it: names of rooms hold no control characters, and follow a mark of their own.
const MARK: char = '\u{1}';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_tells_who_it_is() {
        for name in ["ann", "ann of the north", "日本語", " "] {
            let person = Person::new(name, Sid::new(), 1_700_000_000_000_123);
            assert_eq!(Person::of(&person.room()), Some(person));
        }
    }

    #[test]
    fn other_rooms_are_nobody() {
        for room in ["", "ann", "#room", "\u{1}", "\u{1}x y z", "\u{1}5"] {
            assert_eq!(Person::of(room), None);
        }
    }
}
