//! One Engine.IO session as the server sees it.

use alloc::{collections::VecDeque, string::String, vec::Vec};
use core::time::Duration;

use bytes::Bytes;
use bytestring::ByteString;

use crate::{
    input::{Input, TransportId},
    time::{Instant, earliest},
    wire::{Encoded, Frame, Json, Text, Wire},
};

pub(super) struct Session {
    pub(super) sid: String,
    pub(super) link: Link,
    /// A second transport that may become the first.
    pub(super) probe: Option<TransportId>,
    /// When the next noop helps the client to come to rest (P-62).
    pub(super) noop_at: Option<Instant>,
    pub(super) queue: VecDeque<Frame<Json>>,
    pub(super) seats: Vec<Seat>,
    /// A packet whose attachments are still to come: the packet, how many, and those that came.
    pub(super) collecting: Option<(String, usize, Vec<Bytes>)>,
    ping_at: Option<Instant>,
    pong_by: Option<Instant>,
    /// Until when a namespace must be joined (P-88).
    join_by: Instant,
}

#[derive(Debug)]
pub(super) enum Link {
    /// `get`: one waits for an answer.
    Polling {
        on: TransportId,
        get: bool,
    },
    WebSocket {
        on: TransportId,
    },
}

/// A namespace that this client joined, or wants to.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub(super) namespace: String,
    pub(super) sid: String,
    pub(super) pid: Option<String>,
    pub(super) state: Joined,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    Pending,
    Yes,
    /// Thrown out; the client may not know yet, so what it still sends is no offence.
    Kicked,
}

impl Session {
    pub(super) fn new(sid: String, link: Link, ping_at: Instant, now: Instant) -> Self {
        Self {
            sid,
            link,
            probe: None,
            noop_at: None,
            queue: VecDeque::new(),
            seats: Vec::new(),
            collecting: None,
            ping_at: Some(ping_at),
            pong_by: None,
            join_by: now.after(Duration::from_secs(45)),
        }
    }

    pub(super) fn owns(&self, on: TransportId) -> bool {
        self.link.id() == on || self.probe == Some(on)
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        let noop = if matches!(self.link, Link::Polling { get: true, .. }) { self.noop_at } else { None };
        let join = self.seats.is_empty().then_some(self.join_by);
        earliest(earliest(self.ping_at, self.pong_by), earliest(noop, join))
    }

    /// `false` when the session is to end.
    pub(super) fn handle_timeout(&mut self, now: Instant, ping_timeout: Duration) -> bool {
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        if due(self.pong_by) || self.seats.is_empty() && self.join_by <= now {
            return false;
        }
        if due(self.ping_at) {
            self.ping_at = None;
            self.pong_by = Some(now.after(ping_timeout));
            self.queue.push_back(super::text("2"));
        }
        if due(self.noop_at) && matches!(self.link, Link::Polling { get: true, .. }) {
            self.noop_at = Some(now.after(Duration::from_millis(100)));
            self.queue.push_back(super::text("6"));
        }
        true
    }

    pub(super) fn ponged(&mut self, ping_at: Instant) {
        self.pong_by = None;
        self.ping_at = Some(ping_at);
    }

    pub(super) fn flush(&mut self, out: &mut VecDeque<Input<Json>>) {
        match &mut self.link {
            Link::Polling { on, get } if *get && !self.queue.is_empty() => {
                *get = false;
                let packets = self.queue.drain(..).map(|frame| match frame {
                    Frame::Text(text) => text,
                    Frame::Binary(bytes) => Json::to_base64(&bytes).prefixed("b"),
                });
                let body = ByteString::joined(packets.collect());
                out.push_back(Input::Polled { on: *on, body });
            }
            Link::Polling { .. } => {}
            Link::WebSocket { on } => {
                let on = *on;
                out.extend(self.queue.drain(..).map(|frame| Input::Received { on, frame }));
            }
        }
    }

    /// A Socket.IO packet with its attachments.
    pub(super) fn push(&mut self, packet: Encoded<Json>) {
        self.queue.push_back(Frame::Text(packet.text));
        self.queue.extend(packet.attachments.into_iter().map(Frame::Binary));
    }

    pub(super) fn seat(&mut self, namespace: &str) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|it| it.namespace == namespace)
    }
}

impl Link {
    pub(super) fn id(&self) -> TransportId {
        match self {
            Self::Polling { on, .. } | Self::WebSocket { on } => *on,
        }
    }
}
