//! What an application says through a namespace: kept until it can leave, and until it is answered.

#![allow(clippy::arithmetic_side_effects, reason = "lengths of what is in memory")]

mod acks;
mod deadlines;
mod dropping;
mod outbox;
mod retry;

use super::{Phase, Socket, encoder, packet};
use crate::{
    config::{Emit, Overflow},
    desk::Desk,
    error::{AckError, ConnectError, EmitError, Said},
    ground::Ceiling,
    output::{AckToken, EmitId, SocketEvent},
    queue::Queue,
    time::Instant,
    wire::{Frame, Text, Wire},
};
use acks::Acks;
use outbox::{Outbox, Parcel, ParcelKind};
use retry::Retry;

/// What one namespace has yet to send, and the answers that it waits for.
pub(crate) struct Sending<W: Wire> {
    outbox: Outbox<W>,
    acks: Acks,
    retry: Retry<W>,
    /// The application was told that the buffer is full.
    clogged: bool,
    draining: bool,
}

impl<W: Wire> Sending<W> {
    pub(crate) fn new() -> Self {
        Self {
            outbox: Outbox::new(),
            acks: Acks::new(),
            retry: Retry::new(),
            clogged: false,
            draining: false,
        }
    }
}

impl<W: Wire> Socket<W> {
    /// Takes an event. `writable`: whether the transport would take it at once; `max`: what the server takes.
    pub(crate) fn emit(
        &mut self,
        args: W::Args,
        how: Emit,
        writable: bool,
        max: Ceiling,
        desk: &mut Desk<W>,
    ) -> Result<EmitId, EmitError<W>> {
        if self.sending.draining {
            return Err(EmitError::Draining(args));
        }
        if self.phase == Phase::Refused && !self.own.options.buffer_when_refused {
            return Err(EmitError::NotConnected(args));
        }
        let size = W::size(&args);
        // Which ack id it gets is not known yet: at worst the longest.
        let id = (how.ack || self.own.options.retries > 0).then_some(packet::MAX_ID);
        if !self.fits(&args, id, size, max) {
            return Err(EmitError::TooLarge(args));
        }
        let limits = &desk.ground.config.limits;
        if W::attachments(&args) > limits.attachments {
            return Err(EmitError::TooManyAttachments(args));
        }
        if how.ack && self.sending.acks.len() >= limits.pending_acks {
            return Err(EmitError::TooManyAcks(args));
        }
        let emit = desk.emits.next();
        // One that is dropped anyway must not push others out.
        let lost = how.volatile && !writable;
        let full = !lost && !self.make_room(size, desk);
        if full && !how.volatile && self.own.options.overflow == Overflow::Reject {
            self.sending.clogged = true;
            return Err(EmitError::BufferFull(args));
        }
        if full || lost {
            self.dropped(emit, how.ack, desk);
            return Ok(emit);
        }
        let expires = desk.ground.after_any(how.time_to_live);
        let timeout = how.timeout.or(self.own.options.ack_timeout);
        let mut parcel = Parcel { id: emit, emit, args, kind: ParcelKind::Event, expires, size, timeout };
        if self.own.options.retries > 0 && !how.volatile {
            if how.ack {
                parcel.kind = ParcelKind::Asking(0);
            }
            self.sending.retry.push(parcel);
            self.start_retry(desk);
            return Ok(emit);
        }
        if how.ack {
            let deadline = desk.ground.after_any(timeout);
            parcel.kind =
                ParcelKind::Asking(self.sending.acks.wait(emit, self.sending.outbox.next_number(), deadline));
        }
        self.sending.outbox.push(parcel);
        Ok(emit)
    }

    /// Answers an event of the server's; nothing happens if its session is over.
    pub(crate) fn ack(&mut self, token: &AckToken, args: W::Args, desk: &mut Desk<W>) -> bool {
        if token.session != self.own.session || !self.connected() {
            return false;
        }
        let size = W::size(&args);
        if !self.make_room(size, desk) {
            self.own.tally.count(|it| &mut it.dropped, 1);
            return false;
        }
        let id = desk.emits.next();
        self.sending.outbox.push(Parcel {
            id,
            emit: id,
            args,
            kind: ParcelKind::Answer(token.id),
            expires: Instant::NEVER,
            size,
            timeout: None,
        });
        true
    }

    pub(super) fn answer(&mut self, args: W::Args, id: u64, desk: &mut Desk<W>) {
        self.own.tally.count(|it| &mut it.bytes_received, W::size(&args) as u64);
        // As long as its parcel has not left, nobody can answer it.
        match self.sending.acks.get(id) {
            Some(it) if !self.sending.outbox.contains(it.parcel) => {
                let emit = it.emit;
                self.sending.acks.forget(id);
                self.settle(emit, Ok(args), desk);
            }
            _ => self.own.tally.count(|it| &mut it.late_acks, 1),
        }
    }

    /// An emit that asked for an answer has come to its end, or to its next try.
    fn settle(&mut self, emit: EmitId, result: Result<W::Args, AckError>, desk: &mut Desk<W>) {
        let tried = self.sending.retry.carries(emit);
        if tried && result.is_err() && self.sending.retry.failed(self.own.options.retries, desk.ground.now) {
            self.start_retry(desk);
            return;
        }
        desk.lost |= result.is_err();
        if !tried {
            desk.tell(self.key, SocketEvent::Ack { emit, result });
            return;
        }
        let wants_answer = self.sending.retry.finish().is_some_and(|it| it.kind != ParcelKind::Event);
        if wants_answer {
            desk.tell(self.key, SocketEvent::Ack { emit, result });
        } else if result.is_err() {
            self.own.tally.count(|it| &mut it.dropped, 1);
            desk.tell(self.key, SocketEvent::Dropped { emit });
        }
        self.start_retry(desk);
        self.unclog(desk);
    }

    /// What the server says in a refusal. A plain string is the message (B-24).
    pub(super) fn said(body: &W::Text) -> Said<W> {
        let key = if body.ascii(0) == b'"' { None } else { Some("message") };
        W::string(body, key).unwrap_or_else(|| W::Text::from_str(""))
    }

    /// The namespace is joined: what waits may leave.
    pub(super) fn sending_joined(&mut self, desk: &mut Desk<W>) {
        self.start_retry(desk);
    }

    /// Before a goodbye.
    pub(super) fn send_all(&mut self, max: Ceiling, desk: &mut Desk<W>) {
        while self.pull(max, desk) {}
    }

    /// What has left will not be answered any more; what waits is kept.
    pub(super) fn forget_sent(&mut self, desk: &mut Desk<W>) {
        desk.lost |= self.sending.outbox.forget_answers();
        self.unclog(desk);
        while let Some(emit) = self.sending.acks.take_first(|parcel| !self.sending.outbox.contains(parcel)) {
            self.settle(emit, Err(AckError::Disconnected), desk);
        }
    }

    pub(super) fn sending_timeout(&mut self, desk: &mut Desk<W>) {
        let now = desk.ground.now;
        while let Some(it) = self.sending.acks.timed_out(now) {
            self.own.tally.count(|it| &mut it.timed_out, 1);
            self.sending.outbox.remove(it.parcel);
            self.settle(it.emit, Err(AckError::TimedOut), desk);
        }
        while let Some(parcel) = self.sending.outbox.expired(now) {
            self.drop_parcel(&parcel, desk);
        }
        while let Some(it) = self.sending.retry.expired(now) {
            self.drop_try(&it, desk);
        }
        self.unclog(desk);
    }

    pub(super) fn sending_deadline(&self) -> Instant {
        self.sending.acks.alarm().min(self.sending.outbox.alarm()).min(self.sending.retry.alarm())
    }

    /// The application has no auth to give; also the end of its time to give one.
    pub(crate) fn refuse_auth(&mut self, desk: &mut Desk<W>) -> bool {
        let asked = self.phase == Phase::Asking;
        if asked {
            self.refuse(ConnectError::Auth, desk);
        }
        asked
    }

    pub(crate) fn set_auth(&mut self, on: bool) {
        self.own.options.auth = on;
    }

    pub(crate) fn set_outgoing(&mut self, on: bool) {
        self.own.options.outgoing = on;
    }

    /// No new events; those that wait still leave.
    pub(crate) fn drain(&mut self) {
        self.sending.draining = true;
    }

    pub(crate) fn stop_draining(&mut self) {
        self.sending.draining = false;
    }

    /// Whether nothing waits to be sent or answered.
    pub(crate) fn is_quiet(&self) -> bool {
        self.sending.outbox.len() == 0 && self.sending.acks.len() == 0 && self.sending.retry.len() == 0
    }

    /// Since when its first packet waits, if it may be sent now.
    pub(crate) fn ready(&self) -> EmitId {
        if self.connected() { self.sending.outbox.head() } else { EmitId::NONE }
    }

    /// Hands the first packet that waits to the desk; `max`: what the server takes.
    pub(crate) fn pull(&mut self, max: Ceiling, desk: &mut Desk<W>) -> bool {
        let Some(parcel) = self.sending.outbox.pop() else { return false };
        let (kind, id) = match parcel.kind {
            ParcelKind::Event => (packet::EVENT, None),
            ParcelKind::Asking(id) => (packet::EVENT, Some(id)),
            ParcelKind::Answer(id) => (packet::ACK, Some(id)),
        };
        if !self.fits(&parcel.args, id, parcel.size, max) {
            // It was taken before the server said how much it takes; sent, it would end the session (F030).
            self.drop_parcel(&parcel, desk);
            self.unclog(desk);
            return true;
        }
        self.own.tally.count(|it| &mut it.packets_sent, 1);
        self.own.tally.count(|it| &mut it.bytes_sent, parcel.size as u64);
        encoder::push_data(&mut desk.frames, kind, self.own.name.as_ref(), id, &parcel.args);
        desk.sent_once |= !self.sending.retry.carries(parcel.emit);
        if self.own.options.outgoing && kind == packet::EVENT {
            desk.tell(self.key, SocketEvent::Outgoing { args: parcel.args });
        }
        self.unclog(desk);
        true
    }

    /// Something left the send buffer: who was told that it is full is told when half of it is free again.
    pub(super) fn unclog(&mut self, desk: &mut Desk<W>) {
        if self.sending.clogged && self.writable() {
            self.sending.clogged = false;
            desk.tell(self.key, SocketEvent::Drain);
        }
    }

    /// Whether less than half of the send buffer is taken.
    pub(crate) fn writable(&self) -> bool {
        let (count, size) = self.waiting();
        count <= self.own.options.send_buffer_events / 2 && size <= self.own.options.send_buffer_bytes / 2
    }

    /// The same, and if not, that it is so again will be told.
    pub(crate) fn await_room(&mut self) -> bool {
        self.sending.clogged = !self.writable();
        !self.sending.clogged
    }

    /// The answer to this is not waited for any more.
    pub(crate) fn forget_answer(&mut self, emit: EmitId) {
        if !self.sending.retry.forget_answer(emit) {
            self.sending.acks.forget_emit(emit);
        }
    }

    /// Events and bytes in the send buffer.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        (
            self.sending.outbox.len() + self.sending.retry.len(),
            self.sending.outbox.size().saturating_add(self.sending.retry.size()),
        )
    }

    /// Sends the head of the queue of retries, if it is its turn.
    pub(super) fn start_retry(&mut self, desk: &mut Desk<W>) {
        if !self.connected() {
            return;
        }
        let Some((head, tries)) = self.sending.retry.start() else { return };
        if tries > 1 {
            self.own.tally.count(|it| &mut it.retried, 1);
        }
        let deadline = desk.ground.after_any(head.timeout);
        let kind = ParcelKind::Asking(self.sending.acks.wait(
            head.emit,
            self.sending.outbox.next_number(),
            deadline,
        ));
        self.sending.outbox.push(Parcel { id: desk.emits.next(), kind, args: head.args.clone(), ..*head });
    }

    /// Whether the server takes these arguments. Only those near the limit are looked at more closely.
    fn fits(&self, args: &W::Args, id: Option<u64>, size: usize, max: Ceiling) -> bool {
        if size.saturating_add(self.own.name.as_ref().map_or(0, Text::units)).saturating_add(HEADER)
            <= max.text.min(max.binary)
        {
            return true;
        }
        let mut frames = Queue::new();
        encoder::push_data::<W>(&mut frames, packet::EVENT, self.own.name.as_ref(), id, args);
        frames.iter().all(|frame: &Frame<W>| {
            frame.len() <= if let Frame::Text(_) = frame { max.text } else { max.binary }
        })
    }

    /// Whether the send buffer takes `size` more bytes, perhaps after dropping what waits longest (F113).
    fn make_room(&mut self, size: usize, desk: &mut Desk<W>) -> bool {
        loop {
            let (count, waiting) = self.waiting();
            let fits = count < self.own.options.send_buffer_events
                && waiting.saturating_add(size) <= self.own.options.send_buffer_bytes;
            if fits
                || self.own.options.overflow != Overflow::DropOldest
                || size > self.own.options.send_buffer_bytes
            {
                return fits;
            }
            if let Some(it) = self.sending.retry.pop_oldest() {
                self.drop_try(&it, desk);
            } else if let Some(parcel) = self.sending.outbox.pop_oldest_event() {
                self.drop_parcel(&parcel, desk);
            } else {
                return false;
            }
        }
    }
}

/// More than any header takes besides the namespace, and than base64 adds to a byte or two.
const HEADER: usize = 64;
