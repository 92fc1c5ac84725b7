//! What the clock says.

use super::{Client, reconnect::Phase};
use crate::{
    error::{ConnectError, ParseError},
    output::Event,
    time::Instant,
    wire::Wire,
};

impl<W: Wire> Client<W> {
    /// When to call again at the latest, with [`Input::Timeout`](crate::Input) if nothing else has come.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.next_alarm().unless_never()
    }

    fn next_alarm(&self) -> Instant {
        let now = self.desk.ground.now;
        let mut first = self.reconnect.deadline().min(self.decoder.deadline());
        first = first.min(self.sending_deadline());
        if let Some(engine) = &self.engine {
            first = first.min(engine.deadline(now));
        }
        for engine in &self.leaving {
            first = first.min(engine.deadline(now));
        }
        for socket in &self.sockets {
            first = first.min(socket.deadline());
        }
        first
    }

    /// The application wishes something: whatever is due comes first, so that a wish after a sleep notices a
    /// connection that is dead (P-41) without waiting for a timer that a browser holds back.
    pub(super) fn wake(&mut self, now: Instant) {
        if now > self.desk.ground.now {
            self.desk.ground.advance(now);
            self.fire();
        }
    }

    /// Fires what is due, each timer once.
    pub(super) fn fire(&mut self) {
        let now = self.desk.ground.now;
        if self.next_alarm() > now {
            return;
        }
        if let Some(engine) = &mut self.engine {
            engine.handle_timeout(&mut self.desk.ground);
        }
        for engine in &mut self.leaving {
            engine.handle_timeout(&mut self.desk.ground);
        }
        self.take_notices();
        if self.decoder.deadline() <= now {
            self.broken(ParseError::AttachmentsTooLarge);
        }
        let mut left = false;
        for socket in &mut self.sockets {
            left |= socket.handle_timeout(&mut self.desk);
        }
        if left {
            self.shut_if_unused();
        }
        if self.sending_deadline() <= now {
            self.end_drain();
        }
        self.fire_reconnect();
        self.flush_desk();
    }

    fn fire_reconnect(&mut self) {
        if self.reconnect.deadline() > self.desk.ground.now {
            return;
        }
        match self.reconnect.phase() {
            Phase::Opening => {
                self.failed(ConnectError::Timeout);
            }
            // Switched off meanwhile; the reference says nothing of it.
            Phase::Waiting if !self.desk.ground.config.reconnection => {
                self.reconnect.give_up();
                #[cfg(feature = "standalone")]
                self.desk.events.push(Event::ReconnectFailed);
            }
            Phase::Waiting => {
                self.desk.events.push(Event::ReconnectAttempt(self.reconnect.attempt()));
                self.open();
            }
            Phase::Idle | Phase::Open => {}
        }
    }
}
