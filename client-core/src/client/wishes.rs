//! What the application wants.

use super::{Client, reconnect::Phase};
use crate::{
    config::{Config, SocketOptions, Span, span},
    error::{CloseDetails, DisconnectReason},
    output::{Event, SocketKey},
    socket::Socket,
    time::Instant,
    wire::{Frame, Text, Wire},
};

impl<W: Wire> Client<W> {
    /// The namespace of that name, made if it is new; `None` when there are as many as the limit allows, or when
    /// the name would break the framing of a packet: it starts with a slash, and has no comma (P-80). The options
    /// of later calls are ignored. It is not connected by this.
    pub fn socket(&mut self, name: impl Into<W::Text>, options: SocketOptions) -> Option<SocketKey> {
        let name: W::Text = name.into();
        let end = name.units();
        // A comma ends a name, a record separator a packet (P-50, P-81).
        if name.ascii(0) != b'/'
            || name.find(b',', 0) < end
            || name.find(0x1e, 0) < end
            || end > self.desk.ground.config.limits.namespace
        {
            return None;
        }
        let name = if end == 1 { None } else { Some(name) };
        if let Some(socket) = self.sockets.iter().find(|it| it.name() == name.as_ref()) {
            return Some(socket.key);
        }
        if self.sockets.len() >= self.desk.ground.config.limits.namespaces {
            return None;
        }
        let key = SocketKey(u32::try_from(self.sockets.len()).ok()?);
        self.sockets.push(Socket::new(key, name, options));
        Some(key)
    }

    /// Joins a namespace, and opens the connection if there is none, unless its next attempt is already
    /// scheduled. Without effect when it is joined or about to be.
    pub fn connect(&mut self, socket: SocketKey, now: Instant) {
        self.wake(now);
        self.with(at(socket), |it, desk| it.connect(desk));
        match self.reconnect.phase() {
            Phase::Idle => self.open(),
            Phase::Open => {
                self.with(at(socket), Socket::open);
                self.flush_desk();
            }
            Phase::Opening | Phase::Waiting => {}
        }
    }

    /// Opens the connection without a namespace; without effect when it is opening or open. A scheduled
    /// attempt starts at once.
    pub fn reconnect_now(&mut self, now: Instant) {
        self.wake(now);
        match self.reconnect.phase() {
            Phase::Idle => self.open(),
            Phase::Waiting => self.reconnect_in(Some(span(0)), now),
            Phase::Opening | Phase::Open => {}
        }
    }

    /// The answer to `ReconnectScheduled`, if the application wants another delay, or, with `None`, no further
    /// attempt. Without effect when no attempt is scheduled.
    pub fn reconnect_in(&mut self, delay: Option<Span>, now: Instant) {
        self.wake(now);
        if !matches!(self.reconnect.phase(), Phase::Waiting) {
            return;
        }
        if let Some(delay) = delay {
            self.reconnect.wait_until(self.desk.ground.after(delay));
            self.fire();
        } else {
            self.reconnect.give_up();
            self.desk.events.push(Event::ReconnectFailed);
        }
    }

    /// The answer to `AuthRequired`: an object, or nothing (O-60).
    pub fn authenticate(&mut self, socket: SocketKey, auth: Option<&W::Args>, now: Instant) {
        self.wake(now);
        self.with(at(socket), |it, desk| it.authenticate(auth, desk));
        self.flush_desk();
    }

    /// Sends a message below Socket.IO, as `engine.send` does in the reference. `false` when there is no
    /// open session, or more than [`Limits::raw_bytes`](crate::Limits::raw_bytes) wait.
    pub fn send_raw(&mut self, message: Frame<W>, now: Instant) -> bool {
        self.wake(now);
        let ground = &self.desk.ground;
        self.engine.as_mut().is_some_and(|it| it.push_raw(message, ground))
    }

    /// Leaves a namespace; what waits leaves first. The connection closes when it was the last.
    pub fn disconnect(&mut self, socket: SocketKey, now: Instant) {
        self.wake(now);
        let max = self.ceiling();
        let joined = self.with(at(socket), |it, desk| it.disconnect(max, desk)) == Some(true);
        self.flush_desk();
        self.shut_if_unused();
        if joined {
            let reason = DisconnectReason::IoClientDisconnect;
            self.with(at(socket), |it, desk| it.disconnected(reason, CloseDetails::None, desk));
        }
    }

    /// Leaves every namespace and closes the connection; what waits leaves first. A drain that is under way ends
    /// with it, and says so.
    pub fn close(&mut self, now: Instant) {
        self.wake(now);
        if !self.end_drain() {
            self.close_all();
        }
    }

    /// Closes the connection under its sockets, as `engine.close()` does in the reference: they are told
    /// `forced close`, and the connection comes back.
    pub fn close_engine(&mut self, now: Instant) {
        self.wake(now);
        if self.reconnect.phase() == Phase::Open {
            self.retire(true);
            self.lost(DisconnectReason::ForcedClose, &CloseDetails::None);
        }
    }

    /// The options: what is changed counts from the next time that it is looked at. The seed and the
    /// address of a transport that is open are no longer looked at.
    pub fn config_mut(&mut self) -> &mut Config {
        &mut self.desk.ground.config
    }
}

pub(super) fn at(socket: SocketKey) -> usize {
    socket.0 as usize
}
