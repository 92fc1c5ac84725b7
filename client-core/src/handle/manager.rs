//! A connection.

use alloc::{borrow::Cow, format, sync::Arc, vec::Vec};
use core::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use super::{
    driver::Driver,
    events::Events,
    inbox::{Inbox, Item},
    room::Room,
    shared::{Clock, Shared, Spawn},
    slot::Slot,
    socket::Socket,
};
use crate::{
    client::{Client, State},
    config::{Config, SocketOptions, Transport},
    counters::Counters,
    error::{CloseDetails, ConnectError, DisconnectReason},
    input::Input,
    output::{Event, SocketKey},
    wire::Json,
};

/// A connection and its namespaces. Cheap to clone; when the last clone, and the last [`Socket`], is dropped
/// the connection closes.
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(manager: Manager) -> Result<(), Box<dyn core::error::Error>> {
/// # use core::time::Duration;
/// let (main, admin) = (manager.socket("/"), manager.socket("/admin")); // on one connection
/// admin.set_auth(&serde_json::json!({ "token": "…" }))?;
/// main.connect().await?;
/// admin.connect().await?;
///
/// println!("{:?}, {} packets", manager.state(), manager.counters().packets_received);
/// let nothing_was_lost = manager.drain(Duration::from_secs(5)).await;
/// # let _ = nothing_was_lost;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Manager {
    pub(crate) handle: Arc<Handle>,
}

/// Counted by the handles alone, so that listeners do not keep a connection alive.
pub(crate) struct Handle(pub(crate) Arc<Shared>);

/// What happens to a connection (A-25). What happens in a namespace is a
/// [`Lifecycle`](super::Lifecycle).
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(manager: Manager) -> Result<(), Box<dyn core::error::Error>> {
/// let mut events = manager.events();
/// while let Some(event) = events.next().await {
///     match event {
///         ManagerEvent::Open => println!("connected"),
///         ManagerEvent::Close { reason, .. } => println!("lost: {reason}"),
///         ManagerEvent::ReconnectScheduled { attempt, delay } => println!("attempt {attempt} in {delay:?}"),
///         ManagerEvent::ReconnectFailed => break,
///         _ => {}
///     }
/// }
/// # Ok(()) }
/// ```
#[non_exhaustive]
#[derive(Clone, Debug)]
pub enum ManagerEvent {
    /// The Engine.IO session stands.
    Open,
    /// The server's heartbeat was answered.
    Ping,
    /// The connection moved to this transport.
    Upgrade(Transport),
    /// The upgrade failed; the connection stays where it is.
    UpgradeError(ConnectError<Json>),
    /// The connection is gone.
    Close {
        /// Why.
        reason: DisconnectReason,
        /// What more is known.
        details: CloseDetails,
    },
    /// A connection attempt failed.
    Error(ConnectError<Json>),
    /// The next attempt starts after `delay`; [`Manager::reconnect_in`] may change that.
    ReconnectScheduled {
        /// Its number, from 1.
        attempt: u32,
        /// From now.
        delay: Duration,
    },
    /// This attempt starts now.
    ReconnectAttempt(u32),
    /// This attempt succeeded.
    Reconnect(u32),
    /// The attempt failed.
    ReconnectError(ConnectError<Json>),
    /// No more attempts.
    ReconnectFailed,
}

impl Manager {
    /// A connection that nothing drives yet, and the end that a runtime drives. For drivers.
    pub fn new(config: Config, clock: Clock, spawn: Spawn) -> (Self, Driver) {
        let shared = Shared::new(Client::new(config, clock()), clock, spawn);
        let driver = Driver::new(Arc::clone(&shared));
        (Self { handle: Arc::new(Handle(shared)) }, driver)
    }

    /// The namespace of that name, `/` being the main one; a missing slash at its start is added. Not connected by this: put listeners in place
    /// first, then [`connect`](Socket::connect).
    pub fn socket(&self, name: &str) -> Socket {
        self.socket_with(name, SocketOptions::default())
    }

    /// The same with options; those of later calls for the same name are ignored (A-24).
    pub fn socket_with(&self, name: &str, options: SocketOptions) -> Socket {
        let name = if name.starts_with('/') { Cow::Borrowed(name) } else { Cow::Owned(format!("/{name}")) };
        let key = self.shared().look(|inner| {
            let key = inner.client.socket(&*name, options);
            while key.is_some_and(|key| inner.rooms.len() <= key.as_u32() as usize) {
                inner.rooms.push(Room::new());
            }
            key
        });
        Socket::new(Arc::clone(&self.handle), key.unwrap_or(NOWHERE))
    }

    /// The state of the connection.
    pub fn state(&self) -> State {
        self.shared().look(|inner| inner.client.state())
    }

    /// What happens to the connection from now on; each change of [`state`](Self::state) is in it.
    pub fn events(&self) -> Events<ManagerEvent> {
        let inbox = Inbox::new(&self.shared().slow);
        self.shared().look(|inner| {
            if inner.dead {
                drop(inbox.close());
            }
            inner.watchers.push(Arc::clone(&inbox));
        });
        let off = |shared: &Shared, inbox: &Arc<Inbox<ManagerEvent>>| {
            inbox.abandon();
            shared.look(|inner| inner.watchers.retain(|it| !Arc::ptr_eq(it, inbox)));
        };
        Events::new(inbox, self.shared(), alloc::boxed::Box::new(off))
    }

    /// Starts the next attempt at once, instead of waiting for it; opens an idle connection.
    pub fn reconnect_now(&self) {
        self.shared().wish(|inner, now| inner.client.reconnect_now(now));
    }

    /// Changes the delay of the attempt that is scheduled; `None` calls it off, and no other follows.
    pub fn reconnect_in(&self, delay: Option<Duration>) {
        self.shared().wish(|inner, now| inner.client.reconnect_in(delay, now));
    }

    /// The network is known to be gone: the connection is dropped now and not when its heartbeat fails.
    pub fn offline(&self) {
        self.shared().wish(|inner, now| inner.client.handle_input(Input::Offline, now));
    }

    /// Takes no new events, lets those that wait leave and their answers come, then closes everything, after
    /// `limit` at the latest. `true` when nothing was lost. It is ready when the server was told goodbye, which may
    /// take [`close_timeout`](crate::Config::close_timeout) more: a program may end after it.
    ///
    /// It takes effect at once; waiting for the result is optional and cancel-safe.
    pub fn drain(&self, limit: Duration) -> Drained {
        let slot = self.shared().wish(|inner, now| {
            if inner.dead {
                return Slot::settled(false);
            }
            inner.client.drain(now.after(limit), now);
            inner.drained.add()
        });
        Drained { slot, _handle: Arc::clone(&self.handle) }
    }

    /// Leaves every namespace and closes the connection. What was emitted leaves first.
    pub fn close(&self) {
        self.shared().wish(|inner, now| inner.client.close(now));
    }

    /// Closes the connection under its namespaces, which are told `forced close`; it comes back (A-101).
    pub fn close_engine(&self) {
        self.shared().wish(|inner, now| inner.client.close_engine(now));
    }

    /// What was counted, over all namespaces.
    pub fn counters(&self) -> Counters {
        self.shared().look(|inner| inner.client.counters())
    }

    fn shared(&self) -> &Arc<Shared> {
        &self.handle.0
    }
}

/// The key of a namespace that cannot be: there is nothing behind it.
const NOWHERE: SocketKey = SocketKey(u32::MAX);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.wish(|inner, now| {
            inner.orphaned = true;
            inner.client.close(now);
        });
    }
}

impl fmt::Debug for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manager").field("state", &self.state()).finish_non_exhaustive()
    }
}

impl ManagerEvent {
    /// `None` for what is of a namespace, or of a drain.
    pub(crate) fn from_event(event: &Event<Json>) -> Option<Self> {
        Some(match event {
            Event::Open => Self::Open,
            Event::Ping => Self::Ping,
            Event::Upgrade(transport) => Self::Upgrade(*transport),
            Event::UpgradeError(error) => Self::UpgradeError(error.clone()),
            Event::Close { reason, details } => Self::Close { reason: *reason, details: details.clone() },
            Event::Error(error) => Self::Error(error.clone()),
            Event::ReconnectScheduled { attempt, delay } => {
                Self::ReconnectScheduled { attempt: *attempt, delay: *delay }
            }
            Event::ReconnectAttempt(attempt) => Self::ReconnectAttempt(*attempt),
            Event::Reconnect(attempt) => Self::Reconnect(*attempt),
            Event::ReconnectError(error) => Self::ReconnectError(error.clone()),
            Event::ReconnectFailed => Self::ReconnectFailed,
            Event::Drained { .. } | Event::Socket { .. } => return None,
        })
    }
}

impl Item for ManagerEvent {
    fn size(&self) -> usize {
        size_of::<Self>()
    }
}

/// The end of a drain: `true` when nothing was lost. Cancel-safe: dropping it changes nothing about the drain.
///
/// ```
/// # use sockeye_core::handle::*;
/// # async fn example(socket: Socket) -> Result<(), Box<dyn core::error::Error>> {
/// # use core::time::Duration;
/// socket.emit("message", "the last one")?;
/// let drained = socket.manager().drain(Duration::from_secs(5));
/// assert!(socket.emit("message", "too late").is_err()); // from that line on nothing new is taken
/// if !drained.await {
///     eprintln!("something did not arrive, or nobody knows whether it did");
/// }
/// # Ok(()) }
/// ```
#[must_use = "the drain takes place in any case; this tells when and how it ended"]
pub struct Drained {
    slot: Arc<Slot<bool>>,
    /// The connection has to live until it is drained.
    _handle: Arc<Handle>,
}

impl Future for Drained {
    type Output = bool;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<bool> {
        self.slot.poll(cx)
    }
}

/// Closes lists of inboxes: their streams end.
pub(crate) fn close_all<T: Item>(list: &[Arc<Inbox<T>>], wake: &mut Vec<Waker>) {
    wake.extend(list.iter().filter_map(|it| it.close()));
}
