//! What a server says to a namespace.

use super::{Content, Phase, Socket, encoder};
use crate::{
    desk::Desk,
    error::{CloseDetails, ConnectError, DisconnectReason},
    output::{AckToken, Event, Recovery, SocketEvent},
    wire::{Text, Wire},
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
        self.tally.count(|it| &mut it.packets_received, 1);
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
        if let Some(id) = self.id().cloned() {
            desk.tell(self.key, SocketEvent::Connect { id, recovery });
        }
    }

    fn event(&mut self, args: W::Args, id: Option<u64>, desk: &mut Desk<W>) {
        let size = W::size(&args);
        self.tally.count(|it| &mut it.bytes_received, size as u64);
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
                    self.tally.count(|it| &mut it.ignored, 1);
                } else {
                    self.early
                        .push(Event::Socket { socket: self.key, event: SocketEvent::Event { args, ack } });
                }
            }
            // F096
            _ => self.tally.count(|it| &mut it.ignored, 1),
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

    fn accepted(&mut self, body: Option<&W::Text>, desk: &mut Desk<W>) -> Outcome {
        if matches!(self.phase, Phase::Leaving | Phase::Returning) {
            desk.frames.push(encoder::disconnect(self.name.as_ref()));
            self.forget_early();
            return self.leave();
        }
        if self.phase != Phase::Joining {
            // A second answer changes nothing (B-27, F093).
            self.tally.count(|it| &mut it.ignored, 1);
            return Outcome::Nothing;
        }
        let max = desk.ground.config.limits.id;
        let member = |key| W::string(body?, Some(key));
        let Some(id) = member("sid").filter(|id| (1..=max).contains(&id.units())) else {
            // Socket.IO 2 answers without one (B-26, F003, F076).
            self.refuse(ConnectError::Incompatible, desk);
            return Outcome::Refused;
        };
        let pid = if self.options.recovery { member("pid") } else { None };
        if self.session > 1 {
            self.tally.count(|it| &mut it.reconnects, 1);
        }
        self.enter(Phase::Joined);
        self.id = Some(id);
        let mut recovery = self.recovery.joined(pid, max);
        if recovery == Recovery::Recovered && core::mem::take(&mut self.overflowed) {
            recovery = Recovery::Overflowed;
        }
        self.early_size = 0;
        while let Some(Event::Socket { event: SocketEvent::Event { args, ack }, .. }) = self.early.pop() {
            self.deliver(args, ack, desk);
        }
        self.sending_joined(desk);
        Outcome::Joined(recovery)
    }

    fn refused(&mut self, body: Option<W::Text>, desk: &mut Desk<W>) -> Outcome {
        match self.phase {
            Phase::Leaving | Phase::Returning => return self.leave(),
            Phase::Joining => {}
            // After the fact it means nothing (F093).
            _ => {
                self.tally.count(|it| &mut it.ignored, 1);
                return Outcome::Nothing;
            }
        }
        let body = body.unwrap_or_else(|| W::Text::from_str("{}"));
        let message = Self::said(&body);
        self.refuse(ConnectError::Refused { message, body }, desk);
        Outcome::Refused
    }

    fn leave(&mut self) -> Outcome {
        let again = self.phase == Phase::Returning;
        self.enter(if again { Phase::Waiting } else { Phase::Idle });
        if again { Outcome::Again } else { Outcome::Nothing }
    }
}
