//! What is shown of the chat, and how it changes. No network in here.

use std::sync::Arc;

use crate::{
    facts::{Content, Said, User},
    page::Picture,
};

/// Everything that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chat {
    /// Who this is; nobody before they have joined.
    pub name: Option<String>,
    /// Why the server did not take the name that was given; empty if it did.
    pub refusal: String,
    pub lines: Vec<Arc<Line>>,
    next_line: u64,
    /// Nobody knows who is there without a connection.
    pub users: Option<Vec<User>>,
    pub my_id: Option<String>,
    pub typists: Vec<String>,
    pub rooms: Vec<String>,
    pub room_problem: String,
    pub outbox: Vec<Outgoing>,
    /// The server has another build than this page.
    pub is_stale: bool,
}

/// A line of the log.
#[derive(Debug, PartialEq)]
pub struct Line {
    pub key: u64,
    pub what: What,
}

#[derive(Debug, PartialEq)]
pub enum What {
    Said { said: Said, picture: Option<Picture>, is_mine: bool },
    System(String),
    Lost(String),
}

/// What was said, until the server has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    pub key: u64,
    pub(crate) content: Arc<Content>,
    pub sending: Sending,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    Waits,
    Sends,
    Failed(String),
}

/// Something happened.
#[derive(Debug)]
pub enum Change {
    Joined(String),
    Refused(String),
    Heard(What),
    Users {
        users: Vec<User>,
        my_id: Option<String>,
    },
    Typing(String),
    StoppedTyping(String),
    /// Those that the person is in, if the server told.
    Rooms {
        rooms: Option<Vec<String>>,
        problem: String,
    },
    Out(Outgoing),
    Dropped(u64),
    Lost(String),
    Stale(bool),
}

impl Chat {
    /// Who is online besides whoever looks.
    pub fn others(&self) -> impl Iterator<Item = &User> {
        self.users.iter().flatten().filter(|user| Some(&user.id) != self.my_id.as_ref())
    }

    pub fn change(&mut self, change: Change) {
        match change {
            Change::Joined(name) => (self.name, self.refusal) = (Some(name), String::new()),
            Change::Refused(why) => (self.name, self.refusal) = (None, why),
            Change::Heard(what) => self.add(what),
            Change::Users { users, my_id } => {
                self.typists.retain(|name| users.iter().any(|user| user.username == *name));
                (self.users, self.my_id) = (Some(users), my_id);
            }
            Change::Typing(name) => {
                self.typists.retain(|it| *it != name);
                self.typists.push(name);
            }
            Change::StoppedTyping(name) => self.typists.retain(|it| *it != name),
            Change::Rooms { rooms, problem } => {
                self.rooms = rooms.unwrap_or_else(|| std::mem::take(&mut self.rooms));
                self.room_problem = problem;
            }
            Change::Out(outgoing) => match self.outbox.iter_mut().find(|it| it.key == outgoing.key) {
                Some(known) => *known = outgoing,
                None => self.outbox.push(outgoing),
            },
            Change::Dropped(key) => self.outbox.retain(|it| it.key != key),
            Change::Stale(is_stale) => self.is_stale = is_stale,
            Change::Lost(reason) => {
                self.users = None;
                self.typists.clear();
                self.add(What::Lost(format!("the connection is lost: {reason}")));
            }
        }
    }

    fn add(&mut self, what: What) {
        if self.lines.len() == MOST_SHOWN {
            self.lines.remove(0);
        }
        self.lines.push(Arc::new(Line { key: self.next_line, what }));
        self.next_line += 1;
    }
}

impl Outgoing {
    /// What stands for it until it is sent.
    pub fn words(&self) -> String {
        let Content { text, image, .. } = &*self.content;
        let image = || image.as_ref().map_or_else(String::new, |image| format!("[image {}]", image.name));
        text.clone().unwrap_or_else(image)
    }
}

/// A page that is left open does not grow for ever.
const MOST_SHOWN: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    fn user(name: &str) -> User {
        User { username: name.into(), id: format!("id of {name}") }
    }

    fn online(names: &[&str]) -> Change {
        Change::Users { users: names.iter().map(|name| user(name)).collect(), my_id: None }
    }

    #[test]
    fn a_log_does_not_grow_for_ever() {
        let mut chat = Chat::default();
        for number in 0..MOST_SHOWN + 3 {
            chat.change(Change::Heard(What::System(number.to_string())));
        }
        let first = &chat.lines[0];
        assert_eq!((chat.lines.len(), first.key, &first.what), (MOST_SHOWN, 3, &What::System("3".into())));
    }

    #[test]
    fn who_left_types_no_more_and_nobody_does_without_a_connection() {
        let mut chat = Chat::default();
        for change in [online(&["ann", "bob"]), Change::Typing("ann".into()), Change::Typing("bob".into())] {
            chat.change(change);
        }
        chat.change(online(&["bob"]));
        assert_eq!(chat.typists, ["bob"]);
        chat.change(Change::Lost("transport close".into()));
        assert_eq!((chat.users, chat.typists.len()), (None, 0));
    }

    #[test]
    fn what_is_sent_again_keeps_its_place() {
        let mut chat = Chat::default();
        let content = |text: &str| Arc::new(Content::new(Some(text.into()), None, crate::Whom::Everyone));
        let outgoing = |key, sending| Outgoing { key, content: content("hello"), sending };
        chat.change(Change::Out(outgoing(1, Sending::Sends)));
        chat.change(Change::Out(outgoing(2, Sending::Waits)));
        chat.change(Change::Out(outgoing(1, Sending::Failed("no answer".into()))));
        assert_eq!(chat.outbox.iter().map(|it| it.key).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(chat.outbox[0].sending, Sending::Failed("no answer".into()));
        chat.change(Change::Dropped(1));
        assert_eq!(chat.outbox.len(), 1);
    }
}
