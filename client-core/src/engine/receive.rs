//! What the world says to a session.

#![allow(clippy::arithmetic_side_effects, reason = "as many packets as a body has bytes, at most")]

use super::websocket::WebSocket;
use super::{Engine, Link, Notice, Phase, handshake::Handshake, packet, payload::Payload, refusal};
use crate::{
    config::Transport,
    error::{CloseDetails, ConnectError, DisconnectReason, ParseError},
    ground::Ground,
    input::{Input, TransportId},
    time::Instant,
    wire::{Frame, Text, Wire},
};

impl<W: Wire> Engine<W> {
    /// News about one of its transports. Whatever it says, the worst that happens is that the session ends.
    pub(crate) fn handle_input(&mut self, input: Input<W>, ground: &mut Ground) {
        match input {
            Input::Polled { on, body } if on == self.on => self.polled(body, ground),
            Input::Posted { on } if on == self.on => self.posted(),
            Input::Opened { on } => self.opened(on),
            Input::Received { on, frame } if on == self.on => self.received(frame, ground),
            Input::Received { frame, .. } => self.probed(frame, ground),
            Input::Sent { on } => self.sent(on),
            Input::Closed { on, details } => {
                self.broke(on, ConnectError::Closed, DisconnectReason::TransportClose, details, ground);
            }
            Input::Failed { on, error } => {
                let details = CloseDetails::Io(error.clone());
                self.broke(on, ConnectError::Io(error), DisconnectReason::TransportError, details, ground);
            }
            Input::Refused { on, status, body, retry_after } => {
                let error = refusal::parse::<W>(status, &body, retry_after, self.sid.as_ref());
                let code = if let ConnectError::Http { code, .. } = error { code } else { None };
                let details = CloseDetails::Http { status, code };
                self.broke(on, error, DisconnectReason::TransportError, details, ground);
            }
            Input::Polled { .. } | Input::Posted { .. } | Input::Timeout | Input::Offline => {}
        }
        self.switch();
    }

    /// Whether this text frame is a message of the session, and nothing else is due before it.
    pub(crate) fn is_message(&self, on: TransportId, text: &W::Text) -> bool {
        self.phase == Phase::Open
            && self.notices.is_empty()
            && on == self.on
            && matches!(self.link, Link::WebSocket(_))
            && text.ascii(0) == b'4'
    }

    fn polled(&mut self, body: W::Text, ground: &mut Ground) {
        let Link::Polling(polling) = &mut self.link else { return };
        if !polling.polled() {
            return;
        }
        let mut payload = Payload::<W>::new(body);
        let mut brought_nothing = true;
        let mut count = 0;
        while let Some(text) = payload.next() {
            count += 1;
            if count > ground.config.limits.payload_packets {
                return self.broken(ParseError::TooManyPackets, ground);
            }
            let idle = text.units() == 1 && text.ascii(0) == b'6';
            brought_nothing &= idle;
            self.packet(text, ground);
            // Behind a close packet nothing counts (P-53), nor behind an error (P-51).
            if matches!(self.phase, Phase::Closing | Phase::Closed) {
                return;
            }
        }
        if brought_nothing && let Link::Polling(polling) = &mut self.link {
            polling.brought_nothing(ground.config.poll_gap);
        }
    }

    fn posted(&mut self) {
        let Link::Polling(polling) = &mut self.link else { return };
        if polling.posted() {
            self.write_deadline = Instant::NEVER;
            self.arrived();
            if self.phase == Phase::Closing && self.said && self.queue.is_empty() {
                self.abort();
            }
        }
    }

    fn opened(&mut self, on: TransportId) {
        if let Link::WebSocket(socket) = &mut self.link
            && on == self.on
        {
            socket.opened();
        } else if let Some(socket) = self.upgrade.socket() {
            socket.opened();
        }
    }

    fn sent(&mut self, on: TransportId) {
        if let Link::WebSocket(socket) = &mut self.link
            && on == self.on
        {
            socket.sent();
            self.write_deadline = Instant::NEVER;
            self.arrived();
            if self.phase == Phase::Closing && self.queue.is_empty() {
                self.abort();
            }
        } else if let Some(socket) = self.upgrade.socket() {
            socket.sent();
        }
    }

    fn received(&mut self, frame: Frame<W>, ground: &mut Ground) {
        match frame {
            Frame::Text(text) => self.packet(text, ground),
            Frame::Binary(bytes) if self.phase == Phase::Open => {
                self.notices.push(Notice::Message(Frame::Binary(bytes)));
            }
            // The handshake is text.
            Frame::Binary(_) if self.phase == Phase::Opening => self.broken(ParseError::Handshake, ground),
            // A goodbye goes on whatever comes.
            Frame::Binary(_) => {}
        }
    }

    fn packet(&mut self, text: W::Text, ground: &mut Ground) {
        if self.phase != Phase::Open {
            return self.first_packet(&text, ground);
        }
        match text.ascii(0) {
            b'4' => self.notices.push(Notice::Message(Frame::Text(text))),
            b'b' => match W::from_base64(&packet::base64::<W>(&text)) {
                Ok(bytes) => self.notices.push(Notice::Message(Frame::Binary(bytes))),
                Err(error) => self.broken(error, ground),
            },
            b'2' => {
                self.heartbeat.pinged(ground.now);
                self.pong = true;
                self.notices.push(Notice::Ping);
            }
            b'1' => {
                self.stop();
                self.notices.push(Notice::Closed(DisconnectReason::TransportClose, CloseDetails::ByServer));
            }
            // A pong, an upgrade, a noop: nothing to do (F026).
            b'3' | b'5' | b'6' => {}
            b'0' => self.broken(ParseError::UnexpectedPacket, ground),
            _ if text.units() == 0 => self.broken(ParseError::EmptyPacket, ground),
            _ => self.broken(ParseError::UnknownPacket, ground),
        }
    }

    /// The first packet of a session is its handshake. While closing, it is read for its goodbye only.
    fn first_packet(&mut self, text: &W::Text, ground: &mut Ground) {
        if self.phase == Phase::Closing && self.sid.is_some() {
            return;
        }
        if Handshake::is_from_older_server::<W>(text) {
            return self.fail(
                ConnectError::Incompatible,
                DisconnectReason::TransportError,
                CloseDetails::None,
                ground,
            );
        }
        let handshake = match text.ascii(0) {
            b'0' => Handshake::parse::<W>(text, ground.config.limits.id),
            _ => Err(ParseError::Handshake),
        };
        let handshake = match handshake {
            Ok(handshake) => handshake,
            Err(error) => return self.broken(error, ground),
        };
        self.begin_upgrade(&handshake, ground);
        self.heartbeat.begin(handshake.silence, ground.now);
        self.ping_timeout = handshake.ping_timeout;
        self.max_payload = handshake.max_payload;
        self.max_packets = if handshake.is_from_python() { PYTHONS_PACKETS } else { usize::MAX };
        self.sid = Some(handshake.sid);
        if self.phase == Phase::Opening {
            self.phase = Phase::Open;
            self.notices.push(Notice::Open);
        }
    }

    /// WebTransport is tried before WebSocket, and one at a time (P-60).
    fn begin_upgrade(&mut self, handshake: &Handshake<W::Text>, ground: &mut Ground) {
        if self.phase != Phase::Opening || !ground.config.upgrade || !matches!(self.link, Link::Polling(_)) {
            return;
        }
        for transport in [Transport::WebSocket, Transport::WebTransport] {
            if handshake.offers::<W>(transport) && self.transports.contains(&transport) {
                self.upgrades.push(transport);
            }
        }
        self.try_upgrade(ground);
    }

    pub(super) fn try_upgrade(&mut self, ground: &mut Ground) {
        if let Some(to) = self.upgrades.pop() {
            let socket = WebSocket::new(ground.next_transport());
            self.upgrade.begin(to, socket, ground.after(ground.config.upgrade_timeout));
        }
    }

    /// The first thing that the probe hears must be `3probe`; anything else ends it (P-64, Q-20).
    fn probed(&mut self, frame: Frame<W>, ground: &mut Ground) {
        let answered = match frame {
            Frame::Text(text) => text.is(packet::PROBED),
            Frame::Binary(_) => false,
        };
        if !(answered && self.upgrade.pause()) {
            return self.upgrade_failed(ConnectError::Protocol(ParseError::UnexpectedPacket), ground);
        }
        if let Link::Polling(polling) = &mut self.link {
            polling.pausing = true;
        }
    }

    /// Moves to the probe once polling is at rest; the word for it leaves before anything else (P-63).
    fn switch(&mut self) {
        let Link::Polling(polling) = &self.link else { return };
        if self.phase != Phase::Open || !polling.paused() {
            return;
        }
        let to = self.upgrade.to;
        let Some(socket) = self.upgrade.finish() else { return };
        self.let_go.push(self.on);
        self.on = socket.id;
        self.transport = to;
        self.link = Link::WebSocket(socket);
        self.switched = true;
        self.notices.push(Notice::Upgraded(to));
    }

    fn broke(
        &mut self,
        on: TransportId,
        error: ConnectError<W>,
        reason: DisconnectReason,
        details: CloseDetails,
        ground: &mut Ground,
    ) {
        if on == self.on {
            self.fail(error, reason, details, ground);
        } else {
            self.upgrade_failed(error, ground);
        }
    }

    /// What came is not the protocol (B-01).
    fn broken(&mut self, error: ParseError, ground: &mut Ground) {
        let details = CloseDetails::Parse(error);
        self.fail(ConnectError::Protocol(error), DisconnectReason::TransportError, details, ground);
    }
}

/// What python-engineio takes in one body. It answers OK to more, and throws all of it away (P-56).
const PYTHONS_PACKETS: usize = 16;
