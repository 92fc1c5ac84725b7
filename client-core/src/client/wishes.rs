//! What the application wants.

use super::{Client, reconnect::Phase};
use crate::{
    config::{Config, Span, span},
    error::{CloseDetails, DisconnectReason},
    output::{Event, SocketKey},
    socket::Socket,
    time::Instant,
    wire::Wire,
};

impl<W: Wire> Client<W> {
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
    /// `forced close`, and the connection comes back. So does one that was still opening.
    pub fn close_engine(&mut self, now: Instant) {
        self.wake(now);
        if self.engine.is_some() {
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
