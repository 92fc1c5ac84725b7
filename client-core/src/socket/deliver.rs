//! What a server says to a namespace.

use alloc::string::String;

use super::{Content, Phase, Socket, encoder, outbox::ParcelKind};
use crate::{
    desk::Desk,
    error::{AckError, CloseDetails, ConnectError, DisconnectReason},
    output::{AckToken, Event, Recovery, SocketEvent},
    wire::{Member, Text, Wire},
};

/// What the client has to see to after a packet.
pub(crate) enum Outcome {
    Nothing,
    /// Joined: what waits is sent, and then the application is told.
    Joined(Recovery),
    /// Left without a wish to; if it was the last, the connection closes first.
    Disconnected,
    /// The same, before it was joined.
    Refused,
    /// Left as wished, and wanted again: the next CONNECT may go out.
    Again,
}

impl<W: Wire> Socket<W> {
    pub(crate) fn handle_packet(&mut self, content: Content<W>, desk: &mut Desk<W>) -> Outcome {
        self.counters.packets_received += 1;
        match content {
            Content::Event(args, id) => self.event(args, id, desk),
            Content::Ack(args, id) => self.answer(args, id, desk),
            Content::Connect(body) => return self.accepted(body.as_ref(), desk),
            Content::ConnectError(body) => return self.refused(body, desk),
            Content::Disconnect => {
                if matches!(self.phase, Phase::Joined | Phase::Joining) {
                    return Outcome::Disconnected;
                }
            }
        }
        Outcome::Nothing
    }

    /// After `Disconnected`: it is not joined again by itself (F108).
    pub(crate) fn left(&mut self, desk: &mut Desk<W>) {
        self.disconnected(DisconnectReason::IoServerDisconnect, CloseDetails::None, desk);
    }

    /// After `Disconnected`, before the connection is seen to.
    pub(crate) fn deactivate(&mut self) {
        self.enter(Phase::Idle);
    }

    /// After `Joined`, when what waited has been sent.
    pub(crate) fn announce(&mut self, recovery: Recovery, desk: &mut Desk<W>) {
        if self.connected() {
            desk.tell(self.key, SocketEvent::Connect { id: self.id.clone(), recovery });
        }
    }

    fn event(&mut self, args: W::Args, id: Option<u64>, desk: &mut Desk<W>) {
        let size = W::size(&args);
        self.counters.bytes_received += size as u64;
        let ack = id.map(|id| AckToken { socket: self.key, session: self.session, id });
        match self.phase {
            Phase::Joined => self.deliver(args, ack, desk),
            Phase::Joining => {
                let limits = &desk.ground.config.limits;
                self.early_size = self.early_size.saturating_add(size);
                if self.early.len() >= limits.receive_buffer_events
                    || self.early_size > limits.receive_buffer_bytes
                {
                    self.overflowed = true;
                    self.counters.ignored += 1;
                } else {
                    self.early
                        .push(Event::Socket { socket: self.key, event: SocketEvent::Event { args, ack } });
                }
            }
            // F096
            _ => self.counters.ignored += 1,
        }
    }

    fn deliver(&mut self, mut args: W::Args, ack: Option<AckToken>, desk: &mut Desk<W>) {
        // Events that ask for an answer carry no offset (P-101).
        let offset = if ack.is_none() && self.recovery.is_on() { W::offset(&args) } else { None };
        let seen = offset.is_some_and(|it| self.recovery.saw(it, desk.ground.config.limits.id));
        if seen && self.options.strip_offset {
            args = W::without_last(args);
        }
        desk.tell(self.key, SocketEvent::Event { args, ack });
    }

    fn answer(&mut self, args: W::Args, id: u64, desk: &mut Desk<W>) {
        self.counters.bytes_received += W::size(&args) as u64;
        // As long as its parcel has not left, nobody can answer it.
        match self.acks.get(id) {
            Some(it) if !self.outbox.contains(it.parcel) => {
                let emit = it.emit;
                self.acks.forget(id);
                self.settle(emit, Ok(args), desk);
            }
            _ => self.counters.late_acks += 1,
        }
    }

    fn accepted(&mut self, body: Option<&W::Text>, desk: &mut Desk<W>) -> Outcome {
        if matches!(self.phase, Phase::Leaving | Phase::Returning) {
            desk.frames.push(encoder::disconnect(&self.name));
            self.forget_early();
            return self.leave();
        }
        if self.phase != Phase::Joining {
            // A second answer changes nothing (B-27, F093).
            self.counters.ignored += 1;
            return Outcome::Nothing;
        }
        let max = desk.ground.config.limits.id;
        let member = |key| match W::member(body?, Some(key)) {
            Some(Member::Text(text)) => Some(text),
            _ => None,
        };
        let Some(id) = member("sid").filter(|id| !id.is_empty() && id.len() <= max) else {
            // Socket.IO 2 answers without one (B-26, F003, F076).
            self.refuse(ConnectError::Incompatible, desk);
            return Outcome::Refused;
        };
        let pid = if self.options.recovery { member("pid") } else { None };
        if self.session > 1 {
            self.counters.reconnects += 1;
        }
        self.enter(Phase::Joined);
        self.id = id;
        let mut recovery = self.recovery.joined(pid, max);
        if recovery == Recovery::Recovered && core::mem::take(&mut self.overflowed) {
            recovery = Recovery::Overflowed;
        }
        self.early_size = 0;
        while let Some(Event::Socket { event: SocketEvent::Event { args, ack }, .. }) = self.early.pop() {
            self.deliver(args, ack, desk);
        }
        self.start_retry(desk);
        Outcome::Joined(recovery)
    }

    fn refused(&mut self, body: Option<W::Text>, desk: &mut Desk<W>) -> Outcome {
        match self.phase {
            Phase::Leaving | Phase::Returning => return self.leave(),
            Phase::Joining => {}
            // After the fact it means nothing (F093).
            _ => {
                self.counters.ignored += 1;
                return Outcome::Nothing;
            }
        }
        let body = body.unwrap_or_else(|| W::Text::from_str("{}"));
        // A plain string is the message (B-24).
        let key = if body.ascii(0) == b'"' { None } else { Some("message") };
        let message = match W::member(&body, key) {
            Some(Member::Text(message)) => message,
            _ => String::new(),
        };
        self.refuse(ConnectError::Refused { message, body }, desk);
        Outcome::Refused
    }

    fn leave(&mut self) -> Outcome {
        let again = self.phase == Phase::Returning;
        self.enter(if again { Phase::Waiting } else { Phase::Idle });
        if again { Outcome::Again } else { Outcome::Nothing }
    }

    /// An emit that asked for an answer has come to its end, or to its next try.
    pub(super) fn settle(
        &mut self,
        emit: crate::output::EmitId,
        result: Result<W::Args, AckError>,
        desk: &mut Desk<W>,
    ) {
        if !self.retry.carries(emit) {
            desk.tell(self.key, SocketEvent::Ack { emit, result });
            return;
        }
        if result.is_err() && self.retry.failed(self.options.retries, desk.ground.now) {
            self.start_retry(desk);
            return;
        }
        let wants_answer = self.retry.finish().is_some_and(|it| it.kind != ParcelKind::Event);
        if wants_answer {
            desk.tell(self.key, SocketEvent::Ack { emit, result });
        } else if result.is_err() {
            self.counters.dropped += 1;
            desk.tell(self.key, SocketEvent::Dropped { emit });
        }
        self.start_retry(desk);
        self.unclog(desk);
    }
}
