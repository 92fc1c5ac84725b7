//! What a server says to a namespace.

use core::marker::PhantomData;

use super::{Outcome, Phase, Socket, decoder::Content};
use crate::{
    desk::Desk,
    error::ConnectError,
    output::{AckToken, Event, Recovery, SocketEvent},
    wire::{Text, Wire},
};

/// How it was joined.
pub(crate) struct Joined<W>(Recovery, PhantomData<W>);

impl<W: Wire> Socket<W> {
    pub(crate) fn handle_packet(&mut self, content: Content<W>, desk: &mut Desk<W>) -> Outcome<W> {
        self.own.tally.count(|it| &mut it.packets_received, 1);
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

    /// After `Joined`, when what waited has been sent.
    pub(crate) fn announce(&mut self, Joined(recovery, _): Joined<W>, desk: &mut Desk<W>) {
        if let Some(id) = self.id().cloned() {
            desk.tell(self.key, SocketEvent::Connect { id, recovery });
        }
    }

    fn event(&mut self, args: W::Args, id: Option<u64>, desk: &mut Desk<W>) {
        let size = W::size(&args);
        self.own.tally.count(|it| &mut it.bytes_received, size as u64);
        let ack = id.map(|id| AckToken { socket: self.key, session: self.own.session, id });
        match self.phase {
            Phase::Joined => self.deliver(args, ack, desk),
            Phase::Joining => {
                let limits = &desk.ground.config.limits;
                self.own.early_size = self.own.early_size.saturating_add(size);
                if self.own.early.len() >= limits.receive_buffer_events
                    || self.own.early_size > limits.receive_buffer_bytes
                {
                    self.own.overflowed = true;
                    self.own.tally.count(|it| &mut it.ignored, 1);
                } else {
                    let args = W::alone(args);
                    self.own
                        .early
                        .push(Event::Socket { socket: self.key, event: SocketEvent::Event { args, ack } });
                }
            }
            // F096
            _ => self.own.tally.count(|it| &mut it.ignored, 1),
        }
    }

    fn deliver(&mut self, mut args: W::Args, ack: Option<AckToken>, desk: &mut Desk<W>) {
        // Events that ask for an answer carry no offset (P-101).
        let offset = if ack.is_none() && self.own.recovery.is_on() { W::offset(&args) } else { None };
        let seen = offset.is_some_and(|it| self.own.recovery.saw(it, desk.ground.config.limits.id));
        if seen && self.own.options.strip_offset {
            args = W::without_last(args);
        }
        desk.tell(self.key, SocketEvent::Event { args, ack });
    }

    fn accepted(&mut self, body: Option<&W::Text>, desk: &mut Desk<W>) -> Outcome<W> {
        if matches!(self.phase, Phase::Leaving | Phase::Returning) {
            self.say_farewell(desk);
            return self.leave();
        }
        if self.phase != Phase::Joining {
            // A second answer changes nothing (B-27, F093).
            self.own.tally.count(|it| &mut it.ignored, 1);
            return Outcome::Nothing;
        }
        let max = desk.ground.config.limits.id;
        let member = |key| W::string(body?, Some(key));
        let Some(id) = member("sid").filter(|id| (1..=max).contains(&id.units())) else {
            // Socket.IO 2 answers without one (B-26, F003, F076).
            self.refuse(ConnectError::Incompatible, desk);
            return Outcome::Refused;
        };
        let pid = if self.own.options.recovery { member("pid") } else { None };
        if self.own.session > 1 {
            self.own.tally.count(|it| &mut it.reconnects, 1);
        }
        self.enter(Phase::Joined);
        self.own.id = Some(id);
        let mut recovery = self.own.recovery.joined(pid, max);
        if recovery == Recovery::Recovered && core::mem::take(&mut self.own.overflowed) {
            recovery = Recovery::Overflowed;
        }
        self.own.early_size = 0;
        while let Some(Event::Socket { event: SocketEvent::Event { args, ack }, .. }) = self.own.early.pop() {
            self.deliver(args, ack, desk);
        }
        self.sending_joined(desk);
        Outcome::Joined(Joined(recovery, PhantomData))
    }

    fn refused(&mut self, body: Option<W::Text>, desk: &mut Desk<W>) -> Outcome<W> {
        match self.phase {
            Phase::Leaving | Phase::Returning => return self.leave(),
            Phase::Joining => {}
            // After the fact it means nothing (F093).
            _ => {
                self.own.tally.count(|it| &mut it.ignored, 1);
                return Outcome::Nothing;
            }
        }
        let body = body.unwrap_or_else(|| W::Text::from_str("{}"));
        let message = Self::said(&body);
        self.refuse(ConnectError::Refused { message, body }, desk);
        Outcome::Refused
    }
}
