//! What waits in the machine until it can leave, in turn, and how it ends.

use super::{Client, wishes::at};
use crate::{
    config::{Emit, SocketOptions},
    counters::Counters,
    error::EmitError,
    ground::Ceiling,
    output::{AckToken, EmitId, Event, SocketKey},
    socket::{Own, Socket},
    time::Instant,
    wire::{Frame, Text, Wire},
};

pub(super) struct Sending {
    /// Until when what waits may leave, and answers come; then everything closes.
    draining: Option<Instant>,
}

impl Sending {
    pub(super) fn new() -> Self {
        Self { draining: None }
    }
}

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
        self.sockets.push(Socket::new(key, Own::new(name, options)));
        Some(key)
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

    /// Takes an event: it leaves as soon as its namespace is joined and the transport takes it, and until then
    /// it waits, within the limits of the socket's options. Refused, the arguments come back.
    pub fn emit(
        &mut self,
        socket: SocketKey,
        args: W::Args,
        how: Emit,
        now: Instant,
    ) -> Result<EmitId, EmitError<W>> {
        self.wake(now);
        let (writable, max) = match &self.engine {
            Some(engine) => (engine.writable(), engine.ceiling(&self.desk.ground)),
            None => (false, Ceiling::NONE),
        };
        match self.sockets.get_mut(at(socket)) {
            Some(it) => it.emit(args, how, writable, max, &mut self.desk),
            None => Err(EmitError::NotConnected(args)),
        }
    }

    /// Answers an event. `false` when its session is over, so that the answer is worth nothing, or when
    /// the send buffer is full.
    pub fn ack(&mut self, token: &AckToken, args: W::Args, now: Instant) -> bool {
        self.wake(now);
        self.with(at(token.socket), |it, desk| it.ack(token, args, desk)) == Some(true)
    }

    /// Takes no new events, lets those that wait leave and their answers come, and then closes everything; at
    /// the latest at `deadline`. [`Event::Drained`] says how it went.
    pub fn drain(&mut self, deadline: Instant, now: Instant) {
        self.wake(now);
        self.sending.draining = Some(deadline);
        self.desk.lost = false;
        for socket in &mut self.sockets {
            socket.drain();
        }
        self.fire();
        self.check_drained();
    }

    /// Whether events that leave are reported, from now on.
    pub fn report_outgoing(&mut self, socket: SocketKey, on: bool) {
        self.with(at(socket), |it, _| it.set_outgoing(on));
    }

    /// Nobody waits for the answer to this any more; the event itself is not called back (F099).
    pub fn forget_answer(&mut self, socket: SocketKey, emit: EmitId) {
        self.with(at(socket), |it, _| it.forget_answer(emit));
    }

    /// Whether less than half of the send buffer is taken; if not, [`SocketEvent::Drain`](crate::SocketEvent)
    /// will tell.
    pub fn await_room(&mut self, socket: SocketKey) -> bool {
        self.with(at(socket), |it, _| it.await_room()).unwrap_or(true)
    }

    /// The other answer to `AuthRequired`: there is no auth to be had. The namespace is not joined (F103).
    pub fn refuse_auth(&mut self, socket: SocketKey, now: Instant) {
        self.wake(now);
        if self.with(at(socket), Socket::refuse_auth) == Some(true) {
            self.shut_if_unused();
        }
    }

    /// Whether auth is asked for before each CONNECT, from now on (O-60).
    pub fn ask_auth(&mut self, socket: SocketKey, on: bool) {
        self.with(at(socket), |it, _| it.set_auth(on));
    }

    /// Whether an event taken now would leave at once.
    pub fn is_writable(&self) -> bool {
        self.engine.as_ref().is_some_and(|it| it.writable())
    }

    /// Whether the server would find that namespace's session again (P-100).
    pub fn keeps_session(&self, socket: SocketKey) -> bool {
        self.view(socket).is_some_and(Socket::keeps_session)
    }

    /// The server's id of it, while it is joined.
    pub fn id(&self, socket: SocketKey) -> Option<&str> {
        self.view(socket).and_then(Socket::id).map(Text::to_str)
    }

    /// The name of that namespace.
    pub fn name(&self, socket: SocketKey) -> Option<&str> {
        self.view(socket).map(|it| it.name().map_or("/", Text::to_str))
    }

    /// Events and bytes that wait to be sent there.
    pub fn buffered(&self, socket: SocketKey) -> (usize, usize) {
        self.view(socket).map_or((0, 0), Socket::waiting)
    }

    /// Whether less than half of its send buffer is taken.
    pub fn has_room(&self, socket: SocketKey) -> bool {
        self.view(socket).is_some_and(Socket::writable)
    }

    /// What was counted there.
    pub fn socket_counters(&self, socket: SocketKey) -> Counters {
        self.view(socket).map(|it| *it.counters()).unwrap_or_default()
    }

    /// What was counted over all namespaces.
    pub fn counters(&self) -> Counters {
        let mut all = *self.tally.counters();
        for socket in &self.sockets {
            all.add(socket.counters());
        }
        all
    }

    /// Lets the sockets send while the transport takes more, what waits longest first.
    pub(super) fn fill(&mut self) {
        self.flush_desk();
        while let Some(engine) = &mut self.engine
            && engine.room(&self.desk.ground) > 0
        {
            // The socket whose turn it is, until another one's packet is older.
            let (mut turn, mut oldest, mut other) = (None, EmitId::NONE, EmitId::NONE);
            for socket in &mut self.sockets {
                let head = socket.ready();
                if head < oldest {
                    (turn, oldest, other) = (Some(socket), head, oldest);
                } else if head < other {
                    other = head;
                }
            }
            let Some(socket) = turn else { break };
            let max = engine.ceiling(&self.desk.ground);
            while engine.room(&self.desk.ground) > 0 && socket.ready() < other {
                socket.pull(max, &mut self.desk);
                while let Some(frame) = self.desk.frames.pop() {
                    engine.push(frame);
                }
            }
            self.hold();
        }
    }

    /// What was pushed just now may be what the session must not lose.
    pub(super) fn hold(&mut self) {
        if core::mem::take(&mut self.desk.sent_once)
            && let Some(engine) = &mut self.engine
        {
            engine.hold();
        }
    }

    /// Ends a drain when nothing waits any more, also not in a session that says goodbye.
    pub(super) fn check_drained(&mut self) {
        if self.sending.draining.is_none() {
            return;
        }
        self.desk.lost |= self.leaving.iter().any(|it| it.has_lost());
        let quiet = self.sockets.iter().all(Socket::is_quiet)
            && self.engine.as_ref().is_none_or(|it| it.is_flushed())
            && !self.leaving.iter().any(|it| it.holds());
        if quiet {
            self.finish_drain(!self.desk.lost);
        }
    }

    pub(super) fn sending_deadline(&self) -> Instant {
        self.sending.draining.unwrap_or(Instant::NEVER)
    }

    /// A drain that is under way ends now; `false` when there is none.
    pub(super) fn end_drain(&mut self) -> bool {
        let draining = self.sending.draining.is_some();
        if draining {
            self.finish_drain(false);
        }
        draining
    }

    fn finish_drain(&mut self, complete: bool) {
        self.sending.draining = None;
        self.close_all();
        self.desk.events.push(Event::Drained { complete });
    }
}
