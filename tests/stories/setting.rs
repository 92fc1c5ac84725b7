//! Where a story takes place, and what most of them do there.

use std::time::Duration;

use futures_util::{FutureExt, Stream, StreamExt};
use serde::Serialize;
use serde_json::Value;
use sockeye::{
    Events, Lifecycle, Manager, ManagerBuilder, ManagerEvent, Message, NetOptions, Socket, Transport,
};
pub(crate) use sockeye_tests::deadline::unique;
use sockeye_tests::{Which, within};

/// Which server, and how it is reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) server: Which,
    pub(crate) transports: Transports,
}

/// How a connection is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transports {
    PollingOnly,
    WebSocketOnly,
    /// Polling first, the default of every client.
    Upgrade,
}

impl Setting {
    /// A connection to the server that all stories share.
    pub(crate) fn builder(self) -> ManagerBuilder {
        self.builder_to(&self.server.shared())
    }

    /// A connection to another one. It comes back fast when it is lost, so that stories do not wait.
    pub(crate) fn builder_to(self, url: &str) -> ManagerBuilder {
        ManagerBuilder::new(url)
            .unwrap()
            .config(|config| {
                config.transports = match self.transports {
                    Transports::PollingOnly => vec![Transport::Polling],
                    Transports::WebSocketOnly => vec![Transport::WebSocket],
                    Transports::Upgrade => vec![Transport::Polling, Transport::WebSocket],
                };
                config.reconnection_delay = Duration::from_millis(20);
                config.reconnection_delay_max = Duration::from_millis(200);
            })
            .net(the_short_way)
    }

    pub(crate) fn manager(self) -> Manager {
        self.builder().build().unwrap()
    }

    /// A client on `/`, on a connection of its own.
    pub(crate) async fn client(self) -> Socket {
        self.join("/").await
    }

    /// A client in a namespace, on a connection of its own.
    pub(crate) async fn join(self, namespace: &str) -> Socket {
        let socket = self.manager().socket(namespace);
        join(&socket).await;
        socket
    }

    /// A client on `/` that has moved to where it will stay.
    pub(crate) async fn settled(self) -> Socket {
        let manager = self.manager();
        let mut events = manager.events();
        let socket = manager.socket("/");
        join(&socket).await;
        self.moved(&mut events).await;
        socket
    }

    /// Waits for the upgrade, if there is to be one.
    pub(crate) async fn moved(self, events: &mut Events<ManagerEvent>) {
        if self.transports == Transports::Upgrade {
            until_event(events, "the upgrade", |it| {
                matches!(it, ManagerEvent::Upgrade(Transport::WebSocket)).then_some(())
            })
            .await;
        }
    }
}

/// Whether this is a browser, which keeps much of its network to itself.
pub(crate) const IN_A_PAGE: bool = cfg!(target_arch = "wasm32");

/// Whatever proxy the environment names, the way to the loopback is short.
#[cfg(not(target_arch = "wasm32"))]
fn the_short_way(net: &mut NetOptions) {
    net.proxy = sockeye::ProxyChoice::Direct;
}

/// A browser goes where it is told.
#[cfg(target_arch = "wasm32")]
fn the_short_way(_: &mut NetOptions) {}

/// Connects and waits for it.
#[track_caller]
pub(crate) fn join(socket: &Socket) -> impl Future<Output = ()> {
    let joined = within("the namespace to be joined", socket.connect());
    async move { joined.await.unwrap() }
}

/// The next event of a listener.
#[track_caller]
pub(crate) fn next<'a, S: Stream + Unpin>(
    events: &'a mut S,
    what: &'a str,
) -> impl Future<Output = S::Item> + use<'a, S> {
    let next = within(what, events.next());
    async move { next.await.unwrap_or_else(|| panic!("the stream ended before {what}")) }
}

/// The first event for which `find` has something.
#[track_caller]
pub(crate) fn until_event<'a, S: Stream + Unpin, R>(
    events: &'a mut S,
    what: &'a str,
    mut find: impl FnMut(S::Item) -> Option<R> + 'a,
) -> impl Future<Output = R> {
    within(what, async move {
        loop {
            let event = events.next().await;
            let event = event.unwrap_or_else(|| panic!("the stream ended before {what}"));
            if let Some(found) = find(event) {
                return found;
            }
        }
    })
}

/// The next message of which the first argument is `data`; others, of other stories, are passed over.
#[track_caller]
pub(crate) fn says<'a>(
    events: &'a mut Events<Message>,
    data: impl Into<Value> + 'a,
) -> impl Future<Output = ()> + 'a {
    let data = data.into();
    until_event(events, "a message", move |it| (value(&it) == data).then_some(()))
}

/// Waits until the namespace is left, and says why.
#[track_caller]
pub(crate) fn left(lifecycle: &mut Events<Lifecycle>) -> impl Future<Output = sockeye::DisconnectReason> {
    until_event(lifecycle, "the disconnect", |it| match it {
        Lifecycle::Disconnect { reason, .. } => Some(reason),
        _ => None,
    })
}

/// Waits until the namespace is joined again.
#[track_caller]
pub(crate) fn joined(lifecycle: &mut Events<Lifecycle>) -> impl Future<Output = (String, sockeye::Recovery)> {
    until_event(lifecycle, "the connect", |it| match it {
        Lifecycle::Connect { id, recovery } => Some((id, recovery)),
        _ => None,
    })
}

/// The first argument, whatever it is.
pub(crate) fn value(message: &Message) -> Value {
    message.data().unwrap_or_default()
}

/// Asks the server and waits for the answer's first argument.
#[track_caller]
pub(crate) fn ask<'a, T: Serialize + ?Sized>(
    socket: &Socket,
    event: &'a str,
    data: &T,
) -> impl Future<Output = Value> + use<'a, T> {
    let ack = socket.emit_with_ack(event, data).unwrap();
    let answer = within(event, ack.data::<Value>());
    async move { answer.await.unwrap() }
}

/// Nothing came for these ears of `to`: both sides have been asked since, and the server keeps its order.
pub(crate) async fn quiet(from: &Socket, to: &Socket, ears: &mut Events<Message>) {
    ask(from, "whoami", &()).await;
    ask(to, "whoami", &()).await;
    if let Some(Some(message)) = ears.next().now_or_never() {
        panic!("{message:?} was not meant for these ears");
    }
}
