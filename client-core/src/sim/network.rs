//! What lies between the client and the server, and what can be wrong with it.

use alloc::vec::Vec;
use core::time::Duration;

use bytes::Bytes;
use bytestring::ByteString;

use crate::{
    error::{CloseDetails, IoError, IoErrorKind},
    input::{Input, TransportId},
    rng::Rng,
    time::Instant,
    wire::{Frame, Json},
};

/// The network. Its fields may be changed at any time, and hold for what is sent from then on.
///
/// What travels on one WebSocket stays in order, as TCP has it; requests are independent of each other, so with
/// some [`jitter`](Self::jitter) the answer to a GET overtakes the answer to a POST, and the other way round.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own that a test may turn")]
pub struct Network {
    /// How long everything takes at least, one way. Default 10 ms.
    pub latency: Duration,
    /// How much longer it may take, by chance. Default none.
    pub jitter: Duration,
    /// New connections are refused, as by a host on which nobody listens. Default false.
    pub refusing: bool,
    /// Every `WebSocket` is refused, as by a proxy that does not know them (F051). Default false.
    pub websockets_blocked: bool,
    /// Nothing arrives at the other side while this lasts, and nobody is told; afterwards everything arrives.
    /// Default false.
    pub partitioned: bool,
    /// The peer does not read: what is written to a WebSocket never leaves (F049). Default false.
    pub stalled: bool,
    /// One in so many messages breaks the connection that it travels on; 0 means none. Default 0.
    pub breaks_one_in: u32,
    rng: Rng,
    flights: Vec<Flight>,
    departures: u64,
    /// Transports with a connection, and whether it is a WebSocket.
    open: Vec<(TransportId, bool)>,
}

/// What is on its way.
struct Flight {
    at: Instant,
    /// Of two that arrive in the same instant the one that left first is first.
    number: u64,
    cargo: Cargo,
}

pub(super) enum Cargo {
    Up(Up),
    Down(Input<Json>),
}

/// What a client sends to a server.
pub(super) enum Up {
    Get {
        on: TransportId,
        url: alloc::string::String,
    },
    Post {
        on: TransportId,
        url: alloc::string::String,
        body: ByteString,
    },
    Open {
        on: TransportId,
        url: alloc::string::String,
    },
    Frame {
        on: TransportId,
        frame: Frame<Json>,
    },
    /// The client let go of it, or the connection broke.
    Gone {
        on: TransportId,
    },
}

impl Network {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            latency: Duration::from_millis(10),
            jitter: Duration::ZERO,
            refusing: false,
            websockets_blocked: false,
            partitioned: false,
            stalled: false,
            breaks_one_in: 0,
            rng: Rng::new(seed),
            flights: Vec::new(),
            departures: 0,
            open: Vec::new(),
        }
    }

    /// From the client.
    pub(super) fn send_up(&mut self, up: Up, now: Instant) {
        let on = up.on();
        let fresh = !self.open.iter().any(|it| it.0 == on);
        match &up {
            Up::Gone { .. } => self.open.retain(|it| it.0 != on),
            Up::Open { .. } if self.websockets_blocked => {
                return self.refuse(on, IoErrorKind::Proxy, now);
            }
            _ if self.refusing && fresh => return self.refuse(on, IoErrorKind::Connect, now),
            _ if fresh => self.open.push((on, matches!(up, Up::Open { .. }))),
            _ => {}
        }
        if self.breaks() && !matches!(up, Up::Gone { .. }) {
            return self.break_transport(on, now);
        }
        let ordered = matches!(up, Up::Frame { .. } | Up::Gone { .. });
        self.depart(Cargo::Up(up), ordered, now);
    }

    /// From the server.
    pub(super) fn send_down(&mut self, input: Input<Json>, now: Instant) {
        let Some(on) = input.transport() else { return };
        if self.breaks() {
            return self.break_transport(on, now);
        }
        let ordered = !matches!(input, Input::Polled { .. } | Input::Posted { .. } | Input::Refused { .. });
        self.depart(Cargo::Down(input), ordered, now);
    }

    /// From the client's own machine: no time passes.
    pub(super) fn send_local(&mut self, input: Input<Json>, now: Instant) {
        self.push(Cargo::Down(input), now);
    }

    /// Every connection breaks, now; both sides are told.
    pub(super) fn cut(&mut self, now: Instant) {
        for (on, _) in self.open.clone() {
            self.break_transport(on, now);
        }
    }

    /// When the next thing arrives; with `up_only`, at the server.
    pub(super) fn next_arrival(&self, up_only: bool) -> Option<Instant> {
        self.next(up_only).map(|at| self.flights[at].at)
    }

    pub(super) fn arrive(&mut self, up_only: bool) -> Option<Cargo> {
        self.next(up_only).map(|at| self.flights.remove(at).cargo)
    }

    fn next(&self, up_only: bool) -> Option<usize> {
        let may = |it: &Flight| match &it.cargo {
            Cargo::Up(_) => !self.partitioned,
            Cargo::Down(input) => !up_only && (!self.partitioned || is_local(input)),
        };
        let ready = self.flights.iter().enumerate().filter(|(_, it)| may(it));
        ready.min_by_key(|(_, it)| (it.at, it.number)).map(|(at, _)| at)
    }

    fn refuse(&mut self, on: TransportId, kind: IoErrorKind, now: Instant) {
        let error = IoError { kind, message: alloc::string::String::new() };
        self.depart(Cargo::Down(Input::Failed { on, error }), false, now);
    }

    /// What was on its way on it never arrives.
    fn break_transport(&mut self, on: TransportId, now: Instant) {
        let was_websocket = self.open.contains(&(on, true));
        self.open.retain(|it| it.0 != on);
        self.flights.retain(|it| it.cargo.on() != Some(on));
        let broke = if was_websocket {
            let details = CloseDetails::WebSocket { code: 1006, reason: alloc::string::String::new() };
            Input::Closed { on, details }
        } else {
            let error = IoError { kind: IoErrorKind::Connect, message: alloc::string::String::new() };
            Input::Failed { on, error }
        };
        self.push(Cargo::Down(broke), now);
        self.push(Cargo::Up(Up::Gone { on }), now);
    }

    fn breaks(&mut self) -> bool {
        self.breaks_one_in > 0 && self.rng.next().is_multiple_of(self.breaks_one_in)
    }

    fn depart(&mut self, cargo: Cargo, ordered: bool, now: Instant) {
        let width = u32::try_from(crate::time::millis(self.jitter)).unwrap_or(u32::MAX);
        let extra = if width == 0 { 0 } else { self.rng.next() % (width + 1) };
        let mut at = now.after(self.latency).after(Duration::from_millis(extra.into()));
        if ordered {
            let up = matches!(cargo, Cargo::Up(_));
            let before = self
                .flights
                .iter()
                .filter(|it| it.cargo.on() == cargo.on() && matches!(it.cargo, Cargo::Up(_)) == up);
            at = before.map(|it| it.at).fold(at, Instant::max);
        }
        self.push(cargo, at);
    }

    fn push(&mut self, cargo: Cargo, at: Instant) {
        self.departures += 1;
        self.flights.push(Flight { at, number: self.departures, cargo });
    }
}

impl Cargo {
    fn on(&self) -> Option<TransportId> {
        match self {
            Self::Up(up) => Some(up.on()),
            Self::Down(input) => input.transport(),
        }
    }
}

impl Up {
    fn on(&self) -> TransportId {
        match self {
            Self::Get { on, .. }
            | Self::Post { on, .. }
            | Self::Open { on, .. }
            | Self::Frame { on, .. }
            | Self::Gone { on } => *on,
        }
    }
}

/// Whether no network is needed for it.
fn is_local(input: &Input<Json>) -> bool {
    matches!(input, Input::Sent { .. })
}

/// A text frame.
pub(super) fn text(text: &str) -> Frame<Json> {
    Frame::Text(ByteString::from(text))
}

/// A binary frame.
pub(super) fn binary(bytes: &[u8]) -> Frame<Json> {
    Frame::Binary(Bytes::copy_from_slice(bytes))
}
