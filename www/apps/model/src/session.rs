//! What a person can do, and what is heard.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc, sync::Arc, time::Duration};

use gloo_timers::callback::Timeout;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sockeye_wasm::{Lifecycle, Message, Socket};
use wasm_bindgen_futures::spawn_local;

use crate::{
    build::is_stale,
    chat::{Change, Outgoing, Sending, What},
    facts::{Answer, Content, Image, Said, System, User, Whom},
    page::Picture,
    words::words,
};

/// One person in the chat. Cheap to clone.
#[derive(Clone)]
pub struct Session(Rc<Inner>);

struct Inner {
    socket: Socket,
    tell: Box<dyn Fn(Change)>,
    me: RefCell<Me>,
}

/// What the server does not remember when the connection comes back.
#[derive(Default)]
struct Me {
    name: Option<String>,
    /// Those the person is in, and after a loss is to be in again.
    rooms: BTreeSet<String>,
    is_in_the_room: bool,
    was_connected: bool,
    /// Written while there was no room.
    waiting: Vec<Outgoing>,
    next_key: u64,
    typing: Option<Timeout>,
}

impl Session {
    /// `tell` is called with all that changes. Give it what the socket [hears](Self::hears) and [becomes](Self::becomes).
    pub fn new(socket: &Socket, tell: impl Fn(Change) + 'static) -> Self {
        let me = RefCell::default();
        Self(Rc::new(Inner { socket: socket.clone(), tell: Box::new(tell), me }))
    }

    /// An event of the server.
    pub fn hears(&self, message: &Message) {
        // What cannot be read is another event of that name: the server has other scenarios too.
        let _ = match &*message.event() {
            "chat-message" => read(message, |said: Said| self.tell(Change::Heard(self.said(said)))),
            "system-message" => read(message, |said: System| self.system(words(&said.text))),
            "admin-announcement" => {
                read(message, |text: Value| self.system(format!("announcement: {}", words(&text))))
            }
            "user-list" => read(message, |users: Vec<User>| {
                self.tell(Change::Users { users, my_id: self.0.socket.id() });
            }),
            "user-typing" => read(message, |name| self.tell(Change::Typing(name))),
            "user-stopped-typing" => read(message, |name| self.tell(Change::StoppedTyping(name))),
            _ => None,
        };
    }

    /// Joined, or left.
    pub fn becomes(&self, change: &Lifecycle) {
        match change {
            Lifecycle::Connect { .. } => {
                let was_connected = std::mem::replace(&mut self.0.me.borrow_mut().was_connected, true);
                if was_connected {
                    self.system("the connection is back".into());
                    let session = self.clone();
                    spawn_local(async move { session.tell(Change::Stale(is_stale().await)) });
                }
                self.enter();
            }
            Lifecycle::Disconnect { reason, .. } => {
                self.0.me.borrow_mut().is_in_the_room = false;
                self.tell(Change::Lost(reason.to_string()));
            }
            _ => {}
        }
    }

    /// By that name.
    pub fn join(&self, name: String) {
        self.0.me.borrow_mut().name = Some(name.clone());
        self.tell(Change::Joined(name));
        if self.0.socket.connected() {
            self.enter();
        }
    }

    pub fn say(&self, text: String, whom: Whom) {
        self.send(Content::new(Some(text), None, whom));
        self.stop_typing();
    }

    pub fn show(&self, image: Image, whom: Whom) {
        self.send(Content::new(None, Some(image), whom));
    }

    /// Again.
    pub fn deliver(&self, outgoing: Outgoing) {
        let mut me = self.0.me.borrow_mut();
        let sending = if me.is_in_the_room { Sending::Sends } else { Sending::Waits };
        let outgoing = Outgoing { sending, ..outgoing };
        if !me.is_in_the_room {
            me.waiting.push(outgoing.clone());
        }
        drop(me);
        self.tell(Change::Out(outgoing.clone()));
        if outgoing.sending == Sending::Sends {
            let session = self.clone();
            spawn_local(async move { session.confirm(outgoing).await });
        }
    }

    pub fn drop_outgoing(&self, key: u64) {
        self.tell(Change::Dropped(key));
    }

    /// A key was pressed: said to the others until two seconds after the last.
    pub fn types(&self) {
        if !self.0.me.borrow().is_in_the_room {
            return;
        }
        self.emit("typing");
        let session = self.clone();
        let stop = Timeout::new(TYPING, move || session.stop_typing());
        // The one before is dropped, and with that ends.
        self.0.me.borrow_mut().typing = Some(stop);
    }

    pub fn join_room(&self, name: String) {
        let session = self.clone();
        spawn_local(async move {
            let answer = session.ask("room-join", &name).await;
            if matches!(answer, Ok(Answer { rooms: Some(_), .. })) {
                session.0.me.borrow_mut().rooms.insert(name);
            }
            session.show_rooms(answer);
        });
    }

    pub fn leave_room(&self, name: String) {
        self.0.me.borrow_mut().rooms.remove(&name);
        let session = self.clone();
        spawn_local(async move { session.show_rooms(session.ask("room-leave", &name).await) });
    }

    /// Now, and not when the next attempt is due.
    pub fn retry(&self) {
        if self.0.socket.active() {
            self.0.socket.manager().reconnect_now();
        } else {
            self.0.socket.connect();
        }
    }

    fn enter(&self) {
        let Some(name) = self.0.me.borrow().name.clone() else { return };
        let session = self.clone();
        spawn_local(async move {
            // When the connection is lost, the next one enters.
            while session.0.socket.connected() {
                match session.ask("user-join", &name).await {
                    Ok(Answer { error: None, .. }) => return session.entered(),
                    Ok(Answer { error: Some(why), .. }) => return session.refused(why),
                    Err(_) => {}
                }
            }
        });
    }

    fn entered(&self) {
        let (rooms, waiting) = {
            let mut me = self.0.me.borrow_mut();
            me.is_in_the_room = true;
            (me.rooms.clone(), std::mem::take(&mut me.waiting))
        };
        let session = self.clone();
        spawn_local(async move { session.join_again(rooms).await });
        for outgoing in waiting {
            self.deliver(outgoing);
        }
    }

    /// One after the other. Only the last answer has all rooms.
    async fn join_again(&self, rooms: BTreeSet<String>) {
        let mut last = None;
        for room in rooms {
            last = Some(self.ask("room-join", &room).await);
            if !self.0.socket.connected() {
                // The next connection joins them all.
                break;
            }
        }
        if let Some(answer) = last {
            self.show_rooms(answer);
        }
    }

    fn refused(&self, why: String) {
        self.0.me.borrow_mut().name = None;
        self.tell(Change::Refused(why));
    }

    fn send(&self, content: Content) {
        let key = {
            let mut me = self.0.me.borrow_mut();
            me.next_key += 1;
            me.next_key
        };
        self.deliver(Outgoing { key, content: Arc::new(content), sending: Sending::Waits });
    }

    async fn confirm(&self, outgoing: Outgoing) {
        let failed = match self.ask("chat-message", &*outgoing.content).await {
            Ok(Answer { error: None, .. }) => return self.tell(Change::Dropped(outgoing.key)),
            Ok(Answer { error: Some(error), .. }) | Err(error) => error,
        };
        let sending = Sending::Failed(format!("Not confirmed: {failed}."));
        self.tell(Change::Out(Outgoing { sending, ..outgoing }));
    }

    fn show_rooms(&self, answer: Result<Answer, String>) {
        let (rooms, problem) = match answer {
            Ok(Answer { rooms, error, .. }) => (rooms, error.unwrap_or_default()),
            Err(error) => (None, format!("Not confirmed: {error}.")),
        };
        self.tell(Change::Rooms { rooms, problem });
    }

    async fn ask<T: serde::Serialize + ?Sized>(&self, event: &str, data: &T) -> Result<Answer, String> {
        let asked = self.0.socket.timeout(PATIENCE).emit_with_ack(event, data);
        asked.map_err(|error| error.to_string())?.data().await.map_err(|error| error.to_string())
    }

    fn stop_typing(&self) {
        self.0.me.borrow_mut().typing = None;
        if self.0.me.borrow().is_in_the_room {
            self.emit("stop-typing");
        }
    }

    fn emit(&self, event: &str) {
        // What shows that somebody types is not missed when there is no room for it.
        let _ = self.0.socket.volatile().emit(event, &());
    }

    fn said(&self, said: Said) -> What {
        let picture = said.image.as_ref().and_then(Picture::new);
        let is_mine = said.from.is_some() && said.from == self.0.socket.id();
        // The page keeps the picture, and not its bytes too.
        What::Said { said: Said { image: None, ..said }, picture, is_mine }
    }

    fn system(&self, text: String) {
        self.tell(Change::Heard(What::System(text)));
    }

    fn tell(&self, change: Change) {
        (self.0.tell)(change);
    }
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

fn read<T: DeserializeOwned>(message: &Message, heard: impl FnOnce(T)) -> Option<()> {
    message.data().ok().map(heard)
}

/// For an answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// In milliseconds.
const TYPING: u32 = 2_000;
