//! What the network says.

use super::{Client, reconnect::Phase};
use crate::{
    desk::Desk,
    engine::Notice,
    error::{CloseDetails, ConnectError, DisconnectReason, IoError, IoErrorKind, ParseError, Words},
    input::Input,
    output::Event,
    socket::{Outcome, Packet, Socket},
    time::Instant,
    wire::{Frame, Wire},
};

impl<W: Wire> Client<W> {
    /// News, from the network or the clock. It never fails: what is wrong with it becomes an event. News about
    /// a transport that is gone is ignored. Timers that are due fire after it: a packet that arrived while the
    /// computer slept still counts.
    pub fn handle_input(&mut self, input: Input<W>, now: Instant) {
        self.handle_inputs(core::iter::once(input), now);
    }

    /// News that came together, in order; none at all is the same as [`Input::Timeout`].
    pub fn handle_inputs(&mut self, inputs: impl IntoIterator<Item = Input<W>>, now: Instant) {
        self.desk.ground.advance(now);
        for input in inputs {
            self.apply(input);
        }
        self.fire();
    }

    fn apply(&mut self, input: Input<W>) {
        // By far the most news is a message on an open WebSocket: it needs nothing of the session.
        let input = match input {
            Input::Received { on, frame: Frame::Text(text) }
                if self.engine.as_ref().is_some_and(|it| it.is_message(on, &text)) =>
            {
                return self.message(Frame::Text(text));
            }
            other => other,
        };
        match input.transport() {
            Some(id) => {
                let engine = match &mut self.engine {
                    Some(engine) if engine.owns(id) => Some(engine),
                    _ => self.leaving.iter_mut().find(|it| it.owns(id)),
                };
                if let Some(engine) = engine {
                    engine.handle_input(input, &mut self.desk.ground);
                }
                self.take_notices();
            }
            None if matches!(input, Input::Offline) => self.offline(),
            None => {}
        }
    }

    /// What the session has to say.
    pub(super) fn take_notices(&mut self) {
        while let Some(notice) = self.engine.as_mut().and_then(|it| it.poll_notice()) {
            if self.desk.is_overrun() {
                return self.broken(ParseError::Overrun);
            }
            match notice {
                Notice::Message(frame) => self.message(frame),
                Notice::Ping => self.desk.events.push(Event::Ping),
                Notice::Open => self.opened(),
                Notice::Upgraded(transport) => {
                    self.websocket_succeeded = true;
                    self.desk.events.push(Event::Upgrade(transport));
                }
                Notice::UpgradeFailed(error) => {
                    self.websocket_succeeded = false;
                    self.desk.events.push(Event::UpgradeError(error));
                }
                Notice::Failed(error) => self.failed(error),
                Notice::Closed(reason, details) => self.lost(reason, &details),
            }
        }
    }

    fn message(&mut self, frame: Frame<W>) {
        if self.desk.is_overrun() {
            return self.broken(ParseError::Overrun);
        }
        match self.decoder.frame(frame, &self.desk.ground.config.limits, self.desk.ground.now) {
            Ok(Some(packet)) => self.packet(packet),
            Ok(None) => {}
            Err(error) => self.broken(error),
        }
    }

    /// A packet for a namespace that was never named is none of our business (B-28, F079).
    fn packet(&mut self, packet: Packet<W>) {
        let Some(at) = packet.place(&self.sockets) else {
            return self.tally.count(|it| &mut it.ignored, 1);
        };
        let outcome = self.with(at, |socket, desk| socket.handle_packet(packet.content, desk));
        match outcome {
            Some(Outcome::Nothing) | None => {}
            Some(Outcome::Joined(joined)) => {
                // What waited leaves before the application hears of it (ORD-2).
                self.fill();
                self.with(at, |socket, desk| socket.announce(joined, desk));
            }
            Some(Outcome::Disconnected) => {
                self.with(at, |it, _| it.deactivate());
                self.shut_if_unused();
                self.with(at, Socket::left);
            }
            Some(Outcome::Refused) => self.shut_if_unused(),
            Some(Outcome::Again) => {
                self.with(at, Socket::open);
            }
        }
        self.flush_desk();
    }

    /// The peer broke Socket.IO.
    pub(super) fn broken(&mut self, error: ParseError) {
        self.lost(DisconnectReason::ParseError, &CloseDetails::Parse(error));
    }

    fn offline(&mut self) {
        match self.reconnect.phase() {
            Phase::Open => self.lost(DisconnectReason::TransportClose, &CloseDetails::Offline),
            Phase::Opening => {
                let error = IoError { kind: IoErrorKind::Connect, message: Words::default() };
                self.failed(ConnectError::Io(error));
            }
            Phase::Idle | Phase::Waiting => {}
        }
    }

    /// Lets one socket work at the desk.
    pub(super) fn with<R>(
        &mut self,
        at: usize,
        work: impl FnOnce(&mut Socket<W>, &mut Desk<W>) -> R,
    ) -> Option<R> {
        let socket = self.sockets.get_mut(at)?;
        Some(work(socket, &mut self.desk))
    }
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use super::*;
    use crate::{
        config::{Config, SocketOptions},
        input::TransportId,
        wire::Json,
    };

    #[test]
    fn sessions_that_break_in_mid_payload_are_forgotten() {
        // Law 7: what the session had yet to say must not keep it.
        let mut client = Client::<Json>::new(Config::new("http://h"), Instant::ZERO);
        let socket = client.socket("/", SocketOptions::default()).expect("a name");
        client.connect(socket, Instant::ZERO);
        for attempt in 1..if cfg!(miri) { 10 } else { 100 } {
            while client.poll_output().is_some() {}
            let opening =
                "0{\"sid\":\"a\",\"pingInterval\":25000,\"pingTimeout\":20000}\u{1e}42[]\u{1e}2\u{1e}1";
            client.handle_input(
                Input::Polled { on: TransportId(attempt), body: opening.into() },
                Instant::ZERO,
            );
            assert!(client.leaving.len() <= 1, "after {attempt} attempts");
            client.reconnect_now(Instant::ZERO);
        }
    }
}
