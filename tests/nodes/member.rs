//! A native client in the chat.

use std::net::IpAddr;
use std::time::Duration;

use futures_util::{FutureExt, Stream, StreamExt};
use serde::Serialize;
use serde_json::{Value, json};
use sockeye_native::{
    Events, Lifecycle, Manager, ManagerBuilder, ManagerEvent, Message, ProxyChoice, Recovery, Socket,
    Transport,
};
use sockeye_tests::within;

/// How a client gets to its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Polling,
    WebSocket,
    Upgrade,
}

pub(crate) const WAYS: [Way; 3] = [Way::Polling, Way::WebSocket, Way::Upgrade];

#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) socket: Socket,
    pub(crate) lifecycle: Events<Lifecycle>,
    messages: Events<Message>,
    lists: Events<Message>,
}

impl Way {
    /// A connection that comes back soon; from an address of its own if it is to have one.
    pub(crate) fn manager(self, url: &str, from: Option<IpAddr>) -> Manager {
        self.builder(url, from).build().unwrap()
    }

    pub(crate) fn builder(self, url: &str, from: Option<IpAddr>) -> ManagerBuilder {
        let builder = ManagerBuilder::new(url).unwrap().config(|config| {
            config.transports = match self {
                Self::Polling => vec![Transport::Polling],
                Self::WebSocket => vec![Transport::WebSocket],
                Self::Upgrade => vec![Transport::Polling, Transport::WebSocket],
            };
            config.reconnection_delay = Duration::from_millis(20);
            config.reconnection_delay_max = Duration::from_millis(200);
        });
        builder.net(|net| {
            net.proxy = ProxyChoice::Direct;
            net.local_address = from;
        })
    }
}

impl Member {
    pub(crate) async fn enter(url: &str, from: Option<IpAddr>, name: &str, way: Way) -> Self {
        let manager = way.manager(url, from);
        let mut events = manager.events();
        let socket = manager.socket("/");
        let (lifecycle, messages) = (socket.lifecycle(), socket.on("chat-message"));
        let lists = socket.on("user-list");
        within("the server to be reached", socket.connect()).await.unwrap();
        if way == Way::Upgrade {
            let is_upgrade = |it: &ManagerEvent| matches!(it, ManagerEvent::Upgrade(_));
            first(&mut events, "the upgrade", is_upgrade).await;
        }
        let mut member = Self { name: name.to_owned(), socket, lifecycle, messages, lists };
        member.again_in_the_chat().await;
        // What came so far is its own arrival.
        first(&mut member.lifecycle, "the connect", |it| matches!(it, Lifecycle::Connect { .. })).await;
        member
    }

    /// The server forgets who somebody was with the connection.
    pub(crate) async fn again_in_the_chat(&mut self) {
        let name = self.name.clone();
        assert_eq!(self.ask("user-join", &name).await, json!({ "status": "ok" }));
    }

    pub(crate) async fn say(&self, text: &str) {
        let answer = self.ask("chat-message", &json!({ "text": text })).await;
        assert_eq!(answer["status"], "ok", "{answer}");
    }

    /// Waits until it hears this; what it hears before is passed over.
    pub(crate) async fn hears(&mut self, text: &str) -> Value {
        let what = format!("{text} to be heard by {}", self.name);
        let said = |it: &Message| it.data::<Value>().is_ok_and(|it| it["text"] == text);
        first(&mut self.messages, &what, said).await.data().unwrap()
    }

    /// Waits for a list of who is online that is as wanted: names and ids, in the order in which they came.
    pub(crate) async fn sees(&mut self, what: &str, is_wanted: impl Fn(&[&str]) -> bool) -> Value {
        let what = format!("{what} to be seen by {}", self.name);
        let list = first(&mut self.lists, &what, |list| {
            let list: Value = list.data().unwrap();
            let names = list.as_array().unwrap().iter().map(|it| it["username"].as_str().unwrap());
            is_wanted(&names.collect::<Vec<_>>())
        });
        list.await.data().unwrap()
    }

    /// The next that is said, whatever it is.
    pub(crate) async fn next_text(&mut self) -> Value {
        let message = first(&mut self.messages, "a message", |_| true).await;
        message.data::<Value>().unwrap()["text"].take()
    }

    pub(crate) async fn ask<T: Serialize + ?Sized>(&self, event: &str, data: &T) -> Value {
        ask(&self.socket, event, data).await
    }

    /// Waits until it is there again after a loss, and says whether it is the same session.
    pub(crate) async fn comes_back(&mut self) -> Recovery {
        let gone = |it: &Lifecycle| matches!(it, Lifecycle::Disconnect { .. });
        first(&mut self.lifecycle, "the loss", gone).await;
        let back = first(&mut self.lifecycle, "the way back", |it| matches!(it, Lifecycle::Connect { .. }));
        let Lifecycle::Connect { recovery, .. } = back.await else { unreachable!("it was looked for") };
        recovery
    }

    /// Nothing happened to its connection since the last look.
    pub(crate) fn is_undisturbed(&mut self) -> bool {
        self.lifecycle.next().now_or_never().is_none()
    }
}

pub(crate) async fn ask<T: Serialize + ?Sized>(socket: &Socket, event: &str, data: &T) -> Value {
    let ack = socket.emit_with_ack(event, data).unwrap();
    within(event, ack.data::<Value>()).await.unwrap()
}

/// The first event that is as wanted.
pub(crate) async fn first<S: Stream + Unpin>(
    events: &mut S,
    what: &str,
    is_wanted: impl Fn(&S::Item) -> bool,
) -> S::Item {
    within(what, async {
        loop {
            let event = events.next().await.unwrap_or_else(|| panic!("the stream ended before {what}"));
            if is_wanted(&event) {
                return event;
            }
        }
    })
    .await
}
