//! A namespace.

use alloc::{boxed::Box, string::String, sync::Arc, vec::Vec};
use core::{fmt, future::Future, sync::atomic::Ordering, task::Waker, time::Duration};

use serde::Serialize;

use super::{
    ack::Ack,
    auth::{Auth, AuthError},
    emit::{EmitError, Emitting},
    events::{Events, Once, Subscription},
    inbox::{Inbox, Item},
    manager::{Handle, Manager},
    message::Message,
    shared::Shared,
    slot::Slot,
    waits::{Connected, Writable},
};
use crate::{
    counters::Counters,
    dispatch::Topic,
    error::{CloseDetails, ConnectError, DisconnectReason},
    output::{Recovery, SocketKey},
    wire::{Args, DataError, Json},
};

/// A namespace of a connection. Cheap to clone; it keeps the connection alive.
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(socket: Socket) -> Result<(), Box<dyn core::error::Error>> {
/// let mut messages = socket.on("message"); // listeners first: nothing connects by itself
/// socket.connect().await?;
///
/// socket.emit("message", "hello")?; // does not wait
/// let answer = socket.emit_with_ack("save", &("text", 42))?.await?; // a tuple is several arguments
/// let id: u64 = answer.ack_data()?;
///
/// while let Some(message) = messages.next().await {
///     let text: &str = message.data()?;
///     if text == "the end" {
///         break;
///     }
/// }
/// socket.disconnect();
/// # let _ = id;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Socket {
    handle: Arc<Handle>,
    pub(crate) key: SocketKey,
}

/// What happens to a namespace (A-100).
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(socket: Socket) -> Result<(), Box<dyn core::error::Error>> {
/// let mut changes = socket.lifecycle();
/// socket.connect();
/// while let Some(change) = changes.next().await {
///     match change {
///         // What the server forgot with the lost session is said anew.
///         Lifecycle::Connect { recovery, .. } => println!("joined: {recovery:?}"),
///         Lifecycle::ConnectError(error) if socket.active() => println!("{error}; it is tried again"),
///         Lifecycle::ConnectError(error) => return Err(error.into()),
///         Lifecycle::Disconnect { reason, .. } => println!("left: {reason}"),
///         _ => {}
///     }
/// }
/// # Ok(()) }
/// ```
#[non_exhaustive]
#[derive(Clone, Debug)]
pub enum Lifecycle {
    /// Joined, for the first time or again.
    Connect {
        /// The server's id of this socket.
        id: String,
        /// Whether a lost session was found again, and if not, why.
        recovery: Recovery,
    },
    /// Not joined. Tried again by itself, unless the server refused ([`Socket::active`] tells).
    ConnectError(ConnectError<Json>),
    /// Left. Joined again by itself, unless one of the two sides wanted it so.
    Disconnect {
        /// Why.
        reason: DisconnectReason,
        /// What more is known.
        details: CloseDetails,
    },
}

impl Socket {
    pub(crate) fn new(handle: Arc<Handle>, key: SocketKey) -> Self {
        Self { handle, key }
    }

    /// Joins the namespace, opening the connection if need be. It takes effect at once; the result may be
    /// awaited, and tells how the current attempt ends: after an error that is not final further attempts
    /// follow by themselves, and another `connect().await` waits for the next. Without effect when joined.
    ///
    /// Cancel-safe: dropping the result changes nothing.
    #[expect(clippy::must_use_candidate, reason = "it is a verb; its result is for those who want to wait")]
    pub fn connect(&self) -> Connected {
        let key = self.key;
        Connected(self.shared().wish(|inner, now| {
            if inner.room(key).is_none() {
                return Slot::settled(Err(ConnectError::Namespace));
            }
            if inner.dead {
                return Slot::settled(Err(ConnectError::Closed));
            }
            inner.client.connect(key, now);
            let joined = inner.client.connected(key);
            match inner.room(key) {
                Some(room) if !joined => room.joining.add(),
                _ => Slot::settled(Ok(())),
            }
        }))
    }

    /// Leaves the namespace. What was emitted leaves first. The connection closes when it was the last.
    ///
    /// That it left does not say that it was heard: over a WebSocket the official server reads an event and the
    /// DISCONNECT behind it in one go, and then ignores the event. What must be heard is emitted with an answer,
    /// and the answer awaited, before this.
    pub fn disconnect(&self) {
        let mut wake = Vec::new();
        self.shared().wish(|inner, now| {
            inner.client.disconnect(self.key, now);
            if let Some(room) = inner.room(self.key) {
                room.joining.settle(&Err(ConnectError::Closed), &mut wake);
                room.asks_no_more(&mut wake);
            }
        });
        wake.into_iter().for_each(Waker::wake);
    }

    /// What the namespace is joined with: an object. Sent at every connect from now on (O-60).
    pub fn set_auth<T: Serialize + ?Sized>(&self, auth: &T) -> Result<(), DataError> {
        self.put_auth(Auth::Given(Args::auth(auth)?));
        Ok(())
    }

    /// Asked at every connect from now on, so that a token can be fresh; it has
    /// [`auth_timeout`](crate::Config::auth_timeout) to answer. With an error the namespace is not joined.
    ///
    /// Make the answer with [`Args::auth`]: `socket.set_auth_provider(|| async { Ok(Args::auth(&token().await?)?) })`.
    pub fn set_auth_provider<F>(&self, provider: impl Fn() -> F + Send + Sync + 'static)
    where
        F: Future<Output = Result<Args, AuthError>> + Send + 'static,
    {
        self.put_auth(Auth::Asked(Arc::new(move || Box::pin(provider()))));
    }

    /// Listens to events of this name, from now on.
    pub fn on(&self, event: &str) -> Events<Message> {
        self.listen(Topic::Event(String::from(event)), Inbox::new(&self.shared().slow))
    }

    /// The next event of this name.
    pub fn once(&self, event: &str) -> Once {
        Once::new(self.listen(Topic::Event(String::from(event)), Inbox::for_one(&self.shared().slow)))
    }

    /// Listens to every event (A-92).
    pub fn on_any(&self) -> Events<Message> {
        self.listen(Topic::Any, Inbox::new(&self.shared().slow))
    }

    /// Listens to every event that leaves, when it leaves (A-93).
    pub fn on_any_outgoing(&self) -> Events<Message> {
        self.listen(Topic::Outgoing, Inbox::new(&self.shared().slow))
    }

    /// Calls back for each event of this name, in order, on the driver's runtime. A callback that panics
    /// ends this subscription and nothing else.
    pub fn on_each(&self, event: &str, mut call: impl FnMut(Message) + Send + 'static) -> Subscription {
        let mut events = self.on(event);
        let subscription = Subscription::new(&events, event);
        let is_off = subscription.is_off();
        (self.shared().spawn)(Box::pin(async move {
            while let Some(message) = events.next().await {
                if is_off.load(Ordering::Acquire) {
                    break;
                }
                call(message);
            }
        }));
        subscription
    }

    /// Listens to what happens to the namespace itself.
    pub fn lifecycle(&self) -> Events<Lifecycle> {
        let key = self.key;
        let inbox = Inbox::new(&self.shared().slow);
        self.shared().look(|inner| {
            if inner.dead {
                drop(inbox.close());
            }
            match inner.room(key) {
                Some(room) => room.lifecycle.push(Arc::clone(&inbox)),
                None => drop(inbox.close()),
            }
        });
        let off = move |shared: &Shared, inbox: &Arc<Inbox<Lifecycle>>| {
            inbox.abandon();
            shared.look(|inner| {
                if let Some(room) = inner.room(key) {
                    room.lifecycle.retain(|it| !Arc::ptr_eq(it, inbox));
                }
            });
        };
        Events::new(inbox, self.shared(), Box::new(off))
    }

    /// Sends an event. A tuple is several arguments, `()` is none, anything else is one. While the namespace
    /// is not joined it waits, within the limits of [`SocketOptions`](crate::SocketOptions).
    pub fn emit<T: Serialize + ?Sized>(&self, event: &str, data: &T) -> Result<(), EmitError> {
        self.emitting().emit(event, data)
    }

    /// Sends an event and gives its answer. Say how long that may take with [`timeout`](Self::timeout).
    pub fn emit_with_ack<T: Serialize + ?Sized>(&self, event: &str, data: &T) -> Result<Ack, EmitError> {
        self.emitting().emit_with_ack(event, data)
    }

    /// The same as `emit("message", data)` (A-62).
    pub fn send<T: Serialize + ?Sized>(&self, data: &T) -> Result<(), EmitError> {
        self.emit("message", data)
    }

    /// What is emitted is dropped unless it can leave at once (A-64).
    pub fn volatile(&self) -> Emitting<'_> {
        self.emitting().volatile()
    }

    /// How long the answer may take (A-71).
    pub fn timeout(&self, limit: Duration) -> Emitting<'_> {
        self.emitting().timeout(limit)
    }

    /// How long what is emitted may wait to be sent.
    pub fn time_to_live(&self, limit: Duration) -> Emitting<'_> {
        self.emitting().time_to_live(limit)
    }

    /// Whether a transport may compress it (A-65).
    pub fn compress(&self, on: bool) -> Emitting<'_> {
        self.emitting().compress(on)
    }

    /// Resolves once less than half of the send buffer is taken. Cancel-safe.
    pub fn writable(&self) -> Writable<'_> {
        Writable::new(self)
    }

    /// The server's id of this socket while it is joined (A-40).
    pub fn id(&self) -> Option<String> {
        self.shared().look(|inner| inner.client.id(self.key).map(String::from))
    }

    /// Whether the namespace is joined (A-41).
    pub fn connected(&self) -> bool {
        self.shared().look(|inner| inner.client.connected(self.key))
    }

    /// Whether it is joined, or will be with the connection (A-41).
    pub fn active(&self) -> bool {
        self.shared().look(|inner| inner.client.active(self.key))
    }

    /// The namespace's name.
    pub fn name(&self) -> String {
        self.shared().look(|inner| inner.client.name(self.key).map(String::from)).unwrap_or_default()
    }

    /// Events and bytes that wait to be sent.
    pub fn buffered(&self) -> (usize, usize) {
        self.shared().look(|inner| inner.client.buffered(self.key))
    }

    /// What was counted in this namespace.
    pub fn counters(&self) -> Counters {
        self.shared().look(|inner| inner.client.socket_counters(self.key))
    }

    /// The connection.
    pub fn manager(&self) -> Manager {
        Manager { handle: Arc::clone(&self.handle) }
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.handle.0
    }

    fn emitting(&self) -> Emitting<'_> {
        Emitting::new(self)
    }

    fn put_auth(&self, auth: Auth) {
        let before = self.shared().look(|inner| {
            inner.client.ask_auth(self.key, true);
            inner.room(self.key).and_then(|room| room.auth.replace(auth))
        });
        // What the application's closure holds may come back here as it is dropped: no lock is held any more (F133).
        drop(before);
    }

    fn listen(&self, topic: Topic, inbox: Arc<Inbox<Message>>) -> Events<Message> {
        let key = self.key;
        self.shared().look(|inner| {
            if inner.dead {
                drop(inbox.close());
            }
            match inner.room(key) {
                Some(room) => room.listeners.add(&topic, &inbox),
                None => drop(inbox.close()),
            }
            inner.report_outgoing(key);
        });
        let off = move |shared: &Shared, inbox: &Arc<Inbox<Message>>| {
            inbox.abandon();
            shared.look(|inner| {
                if let Some(room) = inner.room(key) {
                    room.listeners.remove(&topic, inbox);
                }
                inner.report_outgoing(key);
            });
        };
        Events::new(inbox, self.shared(), Box::new(off))
    }
}

impl super::shared::Inner {
    /// The machine reports what leaves only while someone listens.
    fn report_outgoing(&mut self, key: SocketKey) {
        let on = self.room(key).is_some_and(|room| room.listeners.hears_outgoing());
        self.client.report_outgoing(key, on);
    }
}

impl Item for Lifecycle {
    fn size(&self) -> usize {
        size_of::<Self>()
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket").field("name", &self.name()).field("connected", &self.connected()).finish()
    }
}
