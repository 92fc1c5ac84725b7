//! The end that a runtime holds.

use super::{
    auth::{Auth, unless},
    manager::{ManagerEvent, close_all},
    message::Message,
    shared::{Inner, Shared},
    socket::Lifecycle,
};
use crate::{
    client::State,
    error::{AckError, ConnectError},
    input::Input,
    output::{Event, Io, Output, SocketEvent, SocketKey},
    time::{Instant, earliest},
    wire::Json,
};
use alloc::{
    sync::{Arc, Weak},
    vec::Vec,
};
use core::{
    task::{Context, Poll, Waker},
    time::Duration,
};

/// How long a listener that does not keep up may keep the connection from being read (F117).
pub const SLOW_LISTENER_GRACE: Duration = Duration::from_secs(1);

/// What drives a connection: one of it, in one task.
///
/// ```text
///   loop {
///       let pumped = driver.pump(&mut news, now, &mut asks);   // one lock, however much there is
///       perform each of `asks`; their results are the news of a later turn
///       if pumped.finished { break }
///       wait for: news (unless !pumped.read), poll_wished, pumped.deadline
///   }
/// ```
///
/// Dropping it ends everything at once: streams end, answers fail, nothing is left behind.
pub struct Driver {
    shared: Arc<Shared>,
    /// To be woken once no lock is held.
    wake: Vec<Waker>,
    /// Since when some listener does not keep up.
    slow_since: Option<Instant>,
    /// How a drain ended whose goodbye is not said yet.
    drained: Option<bool>,
}

/// What a driver needs to know between two turns.
#[derive(Clone, Copy, Debug)]
pub struct Pumped {
    /// When to call again at the latest.
    pub deadline: Option<Instant>,
    /// Whether to read from the network; `false` while a listener does not keep up.
    pub read: bool,
    /// All handles are gone and the goodbye is said.
    pub finished: bool,
}

impl Driver {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, wake: Vec::new(), slow_since: None, drained: None }
    }

    /// Takes news in and gives asks out. `news` is left empty, and may be so from the start.
    pub fn pump(&mut self, news: &mut Vec<Input<Json>>, now: Instant, asks: &mut Vec<Io<Json>>) -> Pumped {
        let shared = Arc::clone(&self.shared);
        let mut inner = shared.lock();
        inner.wished = false;
        inner.client.handle_inputs(news.drain(..), now);
        self.drain_outputs(&mut inner, now, asks);
        self.end_drain(&mut inner);
        let deadline = inner.client.poll_timeout();
        let finished = inner.orphaned && inner.client.is_finished();
        let slow = self.give_up_on_slow(&inner, now);
        drop(inner);
        for waker in self.wake.drain(..) {
            waker.wake();
        }
        Pumped { deadline: earliest(deadline, slow), read: slow.is_none(), finished }
    }

    /// Ready when the application has wished something since the last turn, or a slow listener has caught up.
    pub fn poll_wished(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut inner = self.shared.lock();
        if inner.wished {
            return Poll::Ready(());
        }
        inner.driver = Some(cx.waker().clone());
        drop(inner);
        if self.slow_since.is_some() { self.shared.slow.poll_none(cx) } else { Poll::Pending }
    }

    /// The network is there again: an attempt that waits starts with the next pump.
    pub fn online(&self, now: Instant) {
        self.shared.look(|inner| inner.client.reconnect_in(Some(Duration::ZERO), now));
    }

    fn drain_outputs(&mut self, inner: &mut Inner, now: Instant, asks: &mut Vec<Io<Json>>) {
        while let Some(output) = inner.client.poll_output() {
            match output {
                Output::Io(io) => asks.push(io),
                Output::Event(Event::Socket { socket, event }) => self.deliver(inner, socket, event, now),
                Output::Event(Event::Drained { complete }) => {
                    self.drained = Some(complete && self.drained.unwrap_or(true));
                }
                Output::Event(event) => {
                    if matches!(event, Event::Close { .. } | Event::ReconnectFailed) {
                        self.end_vain_waits(inner);
                    }
                    if let Some(event) = ManagerEvent::from_event(&event) {
                        self.wake.extend(inner.watchers.iter().filter_map(|it| it.push(event.clone())));
                    }
                }
            }
        }
    }

    /// Who waits for a drain is told once the goodbye is said as well: the program may end there. It is not waited
    /// for when the application has gone on to connect again.
    fn end_drain(&mut self, inner: &mut Inner) {
        let said = inner.client.is_finished() || inner.client.state() != State::Idle;
        if said && let Some(complete) = self.drained.take() {
            inner.drained.settle(&complete, &mut self.wake);
        }
    }

    /// Who waits to be joined to a namespace that nobody is joining any more is told.
    fn end_vain_waits(&mut self, inner: &mut Inner) {
        let idle = inner.client.state() == State::Idle;
        for room in inner.rooms.iter_mut().filter(|_| idle) {
            room.joined(&Err(ConnectError::Closed), &mut self.wake);
        }
    }

    fn deliver(&mut self, inner: &mut Inner, key: SocketKey, event: SocketEvent<Json>, now: Instant) {
        if let SocketEvent::AuthRequired = event {
            return self.authenticate(inner, key, now);
        }
        let Some(room) = inner.room(key) else { return };
        let wake = &mut self.wake;
        match event {
            SocketEvent::Event { args, ack } => {
                let message = Message::new(args, ack, &self.shared);
                let name = message.event();
                let mut listeners = room.listeners.listeners(&name);
                let Some(mut listener) = listeners.next() else { return };
                for next in listeners {
                    wake.extend(listener.push(message.clone()));
                    listener = next;
                }
                let listener = Arc::clone(listener);
                drop(name);
                wake.extend(listener.push(message));
            }
            SocketEvent::Outgoing { args } => {
                let message = Message::new(args, None, &self.shared);
                wake.extend(room.listeners.outgoing().filter_map(|it| it.push(message.clone())));
            }
            SocketEvent::Ack { emit, result } => {
                if let Some(answered) = room.answers.remove(&emit) {
                    wake.extend(answered.settle(result));
                }
            }
            SocketEvent::Connect { id, recovery } => {
                room.joined(&Ok(()), wake);
                room.tell(&Lifecycle::Connect { id: std::string::String::from(&*id), recovery }, wake);
            }
            SocketEvent::ConnectError(error) => {
                room.joined(&Err(error.clone()), wake);
                room.tell(&Lifecycle::ConnectError(error), wake);
            }
            SocketEvent::Disconnect { reason, details } => {
                room.parted(&details, wake);
                room.tell(&Lifecycle::Disconnect { reason, details }, wake);
            }
            SocketEvent::Drain => room.writable.settle(&(), wake),
            SocketEvent::Dropped { .. } | SocketEvent::AuthRequired => {}
        }
    }

    /// Gives what was set, or asks the application's provider beside this task.
    fn authenticate(&mut self, inner: &mut Inner, key: SocketKey, now: Instant) {
        let auth = inner.room(key).and_then(|room| room.auth.clone());
        match auth {
            None => inner.client.authenticate(key, None, now),
            Some(Auth::Given(args)) => inner.client.authenticate(key, Some(&args), now),
            Some(Auth::Asked(provider)) => {
                let shared: Weak<Shared> = Arc::downgrade(&self.shared);
                let Some(room) = inner.room(key) else { return };
                let stale = room.asks(&mut self.wake);
                (self.shared.spawn)(alloc::boxed::Box::pin(async move {
                    let answer = unless(&stale, provider()).await;
                    let (Some(answer), Some(shared)) = (answer, shared.upgrade()) else { return };
                    shared.wish(|inner, now| match answer {
                        _ if stale.is_settled() => {}
                        Ok(args) => inner.client.authenticate(key, Some(&args), now),
                        Err(_) => inner.client.refuse_auth(key, now),
                    });
                }));
            }
        }
    }

    /// Until when slow listeners are waited for; beyond that they miss events, and nobody else does.
    fn give_up_on_slow(&mut self, inner: &Inner, now: Instant) -> Option<Instant> {
        if !self.shared.slow.is_any() {
            self.slow_since = None;
            return None;
        }
        let until = self.slow_since.get_or_insert(now).after(SLOW_LISTENER_GRACE);
        if now < until {
            return Some(until);
        }
        self.slow_since = None;
        for room in &inner.rooms {
            room.listeners.all().for_each(|it| it.give_up_waiting());
            room.lifecycle.iter().for_each(|it| it.give_up_waiting());
        }
        inner.watchers.iter().for_each(|it| it.give_up_waiting());
        None
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let mut inner = self.shared.lock();
        inner.dead = true;
        let wake = &mut self.wake;
        close_all(&inner.watchers, wake);
        inner.drained.settle(&false, wake);
        for room in &mut inner.rooms {
            wake.extend(room.listeners.all().filter_map(|it| it.close()));
            close_all(&room.lifecycle, wake);
            room.joined(&Err(ConnectError::Closed), wake);
            room.writable.settle(&(), wake);
            for (_, answered) in room.answers.drain() {
                wake.extend(answered.settle(Err(AckError::Disconnected)));
            }
        }
        drop(inner);
        for waker in self.wake.drain(..) {
            waker.wake();
        }
    }
}
