//! What an application says through a namespace.

use super::{
    Phase, Socket, encoder,
    outbox::{Parcel, ParcelKind},
    packet,
};
use crate::{
    config::{Emit, Overflow},
    desk::Desk,
    error::{AckError, EmitError},
    ground::Ceiling,
    output::{AckToken, EmitId, SocketEvent},
    queue::Queue,
    time::Instant,
    wire::{Frame, Wire},
};

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
        if self.draining {
            return Err(EmitError::Draining(args));
        }
        if self.phase == Phase::Refused && !self.options.buffer_when_refused {
            return Err(EmitError::NotConnected(args));
        }
        let size = W::size(&args);
        // Which ack id it gets is not known yet: at worst the longest.
        let id = (how.ack || self.options.retries > 0).then_some(packet::MAX_ID);
        if !self.fits(&args, id, size, max) {
            return Err(EmitError::TooLarge(args));
        }
        let limits = &desk.ground.config.limits;
        if W::attachments(&args) > limits.attachments {
            return Err(EmitError::TooManyAttachments(args));
        }
        if how.ack && self.acks.len() >= limits.pending_acks {
            return Err(EmitError::TooManyAcks(args));
        }
        let emit = desk.next_emit();
        // One that is dropped anyway must not push others out.
        let lost = how.volatile && !writable;
        let full = !lost && !self.make_room(size, desk);
        if full && !how.volatile && self.options.overflow == Overflow::Reject {
            self.clogged = true;
            return Err(EmitError::BufferFull(args));
        }
        if full || lost {
            self.dropped(emit, how.ack, desk);
            return Ok(emit);
        }
        let expires = desk.ground.after_any(how.time_to_live);
        let timeout = how.timeout.or(self.options.ack_timeout);
        let mut parcel = Parcel { id: emit, emit, args, kind: ParcelKind::Event, expires, size, timeout };
        if self.options.retries > 0 && !how.volatile {
            if how.ack {
                parcel.kind = ParcelKind::Asking(0);
            }
            self.retry.push(parcel);
            self.start_retry(desk);
            return Ok(emit);
        }
        if how.ack {
            let deadline = desk.ground.after_any(timeout);
            parcel.kind = ParcelKind::Asking(self.acks.wait(emit, self.outbox.next_number(), deadline));
        }
        self.outbox.push(parcel);
        Ok(emit)
    }

    /// Answers an event of the server's; nothing happens if its session is over.
    pub(crate) fn ack(&mut self, token: &AckToken, args: W::Args, desk: &mut Desk<W>) -> bool {
        if token.session != self.session || !self.connected() {
            return false;
        }
        let size = W::size(&args);
        if !self.make_room(size, desk) {
            self.counters.dropped += 1;
            return false;
        }
        let id = desk.next_emit();
        self.outbox.push(Parcel {
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

    /// Hands the first packet that waits to the desk; `max`: what the server takes.
    pub(crate) fn pull(&mut self, max: Ceiling, desk: &mut Desk<W>) -> bool {
        let Some(parcel) = self.outbox.pop() else { return false };
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
        self.counters.packets_sent += 1;
        self.counters.bytes_sent += parcel.size as u64;
        encoder::push_data(&mut desk.frames, kind, &self.name, id, &parcel.args);
        if self.options.outgoing && kind == packet::EVENT {
            desk.tell(self.key, SocketEvent::Outgoing { args: parcel.args });
        }
        self.unclog(desk);
        true
    }

    /// Something left the send buffer: who was told that it is full is told when half of it is free again.
    pub(super) fn unclog(&mut self, desk: &mut Desk<W>) {
        if self.clogged && self.writable() {
            self.clogged = false;
            desk.tell(self.key, SocketEvent::Drain);
        }
    }

    /// Whether less than half of the send buffer is taken.
    pub(crate) fn writable(&self) -> bool {
        let (count, size) = self.waiting();
        count <= self.options.send_buffer_events / 2 && size <= self.options.send_buffer_bytes / 2
    }

    /// The same, and if not, that it is so again will be told.
    pub(crate) fn await_room(&mut self) -> bool {
        self.clogged = !self.writable();
        !self.clogged
    }

    /// The answer to this is not waited for any more.
    pub(crate) fn forget_answer(&mut self, emit: EmitId) {
        if !self.retry.forget_answer(emit) {
            self.acks.forget_emit(emit);
        }
    }

    /// Events and bytes in the send buffer.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        (self.outbox.len() + self.retry.len(), self.outbox.size().saturating_add(self.retry.size()))
    }

    /// Sends the head of the queue of retries, if it is its turn.
    pub(super) fn start_retry(&mut self, desk: &mut Desk<W>) {
        if !self.connected() {
            return;
        }
        let Some((head, tries)) = self.retry.start() else { return };
        if tries > 1 {
            self.counters.retried += 1;
        }
        let deadline = desk.ground.after_any(head.timeout);
        let kind = ParcelKind::Asking(self.acks.wait(head.emit, self.outbox.next_number(), deadline));
        self.outbox.push(Parcel { id: desk.next_emit(), kind, args: head.args.clone(), ..*head });
    }

    /// It will not leave.
    pub(super) fn drop_parcel(&mut self, parcel: &Parcel<W>, desk: &mut Desk<W>) {
        let asked = match parcel.kind {
            ParcelKind::Event => false,
            ParcelKind::Asking(id) => {
                self.acks.forget(id);
                true
            }
            // The application knows no emit of that id.
            ParcelKind::Answer(_) => {
                self.counters.dropped += 1;
                return;
            }
        };
        if self.retry.carries(parcel.emit) {
            if let Some(it) = self.retry.finish() {
                self.drop_try(&it, desk);
            }
            self.start_retry(desk);
        } else {
            self.dropped(parcel.emit, asked, desk);
        }
    }

    pub(super) fn drop_try(&mut self, it: &Parcel<W>, desk: &mut Desk<W>) {
        self.dropped(it.emit, it.kind != ParcelKind::Event, desk);
    }

    fn dropped(&mut self, emit: EmitId, asked: bool, desk: &mut Desk<W>) {
        self.counters.dropped += 1;
        let event = if asked {
            SocketEvent::Ack { emit, result: Err(AckError::Dropped) }
        } else {
            SocketEvent::Dropped { emit }
        };
        desk.tell(self.key, event);
    }

    /// Whether the server takes these arguments. Only those near the limit are looked at more closely.
    fn fits(&self, args: &W::Args, id: Option<u64>, size: usize, max: Ceiling) -> bool {
        if size.saturating_add(self.name.len()).saturating_add(HEADER) <= max.text.min(max.binary) {
            return true;
        }
        let mut frames = Queue::new();
        encoder::push_data::<W>(&mut frames, packet::EVENT, &self.name, id, args);
        frames.iter().all(|frame: &Frame<W>| {
            frame.len() <= if let Frame::Text(_) = frame { max.text } else { max.binary }
        })
    }

    /// Whether the send buffer takes `size` more bytes, perhaps after dropping what waits longest (F113).
    fn make_room(&mut self, size: usize, desk: &mut Desk<W>) -> bool {
        loop {
            let (count, waiting) = self.waiting();
            let fits = count < self.options.send_buffer_events
                && waiting.saturating_add(size) <= self.options.send_buffer_bytes;
            if fits || self.options.overflow != Overflow::DropOldest || size > self.options.send_buffer_bytes
            {
                return fits;
            }
            if let Some(it) = self.retry.pop_oldest() {
                self.drop_try(&it, desk);
            } else if let Some(parcel) = self.outbox.pop_oldest_event() {
                self.drop_parcel(&parcel, desk);
            } else {
                return false;
            }
        }
    }
}

/// More than any header takes besides the namespace, and than base64 adds to a byte or two.
const HEADER: usize = 64;
