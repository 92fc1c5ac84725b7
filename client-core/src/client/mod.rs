//! The door to the machine.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "positions in what is in memory, which end far below the largest number"
)]

mod alarms;
#[cfg(feature = "standalone")]
mod backoff;
#[cfg(not(feature = "standalone"))]
#[path = "doubles.rs"]
mod backoff;
mod facts;
mod news;
mod reconnect;
#[cfg(feature = "standalone")]
mod sending;
#[cfg(not(feature = "standalone"))]
#[path = "passing.rs"]
mod sending;
mod wishes;

use alloc::{boxed::Box, vec::Vec};

use crate::{
    config::{Config, Span, Transport},
    counters::Tally,
    desk::Desk,
    engine::Engine,
    error::{CloseDetails, ConnectError, DisconnectReason},
    ground::{Ceiling, Ground},
    output::{Event, Output},
    socket::{Decoder, Socket},
    time::Instant,
    wire::Wire,
};
pub use facts::State;
use reconnect::Reconnect;
use sending::Sending;

/// A Socket.IO client: one connection, its namespaces, and how it comes back.
///
/// Three families of calls, and what they may be mixed with is: anything. News ([`handle_input`]) comes from
/// the network and the clock, wishes (`connect`, `emit`, `ack` …) from the application, and after either the
/// driver takes what there is to do and to know from [`poll_output`] until there is nothing more, and calls
/// again when [`poll_timeout`] says so.
///
/// ```
/// # use sockeye_core::{Client, Config, Input, Instant, Io, Json, Output, SocketOptions};
/// let now = Instant::from_millis(0);
/// let mut client = Client::<Json>::new(Config::new("http://localhost:3000"), now);
/// let main = client.socket("/", SocketOptions::default()).expect("the first of 1,024");
/// client.connect(main, now);
///
/// // It asks for a GET; a driver sends it, and says what came.
/// let Some(Output::Io(Io::Get { on, .. })) = client.poll_output() else { panic!("no GET") };
/// let handshake = r#"0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
/// client.handle_input(Input::Polled { on, body: handshake.into() }, now);
///
/// // Then it tells what has happened, and asks for what is next: it joins the namespace.
/// let mut posted = None;
/// while let Some(output) = client.poll_output() {
///     if let Output::Io(Io::Post { body, .. }) = output {
///         posted = Some(body);
///     }
/// }
/// assert_eq!(posted.as_deref(), Some("40"));
/// ```
///
/// [`handle_input`]: Self::handle_input
/// [`poll_output`]: Self::poll_output
/// [`poll_timeout`]: Self::poll_timeout
pub struct Client<W: Wire> {
    desk: Desk<W>,
    /// In a box, so that it moves to those that leave by its address.
    engine: Option<Box<Engine<W>>>,
    /// Sessions that are saying goodbye; the newest few (A-51).
    leaving: Vec<Box<Engine<W>>>,
    sockets: Vec<Socket<W>>,
    decoder: Decoder<W>,
    reconnect: Reconnect,
    /// Whether a lost connection is to come back: someone opened it and nobody closed it.
    wanted: bool,
    sending: Sending,
    /// The last WebSocket carried a session (O-12).
    websocket_succeeded: bool,
    tally: Tally,
}

impl<W: Wire> Client<W> {
    /// An idle client; `now` is where its time starts.
    pub fn new(config: Config, now: Instant) -> Self {
        Self {
            desk: Desk::new(Ground::new(config, now)),
            engine: None,
            leaving: Vec::new(),
            // One is usual, and the first allocation of a list takes room for four.
            sockets: Vec::with_capacity(1),
            decoder: Decoder::new(),
            reconnect: Reconnect::new(),
            wanted: false,
            sending: Sending::new(),
            websocket_succeeded: false,
            tally: Tally::default(),
        }
    }

    /// What there is to do or to know; `None` when there is nothing more until the next call.
    #[must_use]
    pub fn poll_output(&mut self) -> Option<Output<W>> {
        if let Some(event) = self.desk.events.pop() {
            return Some(Output::Event(event));
        }
        self.fill();
        self.check_drained();
        if let Some(event) = self.desk.events.pop() {
            return Some(Output::Event(event));
        }
        let mut at = 0;
        while let Some(engine) = self.leaving.get_mut(at) {
            if let Some(io) = engine.poll_io(&mut self.desk.ground) {
                return Some(Output::Io(io));
            }
            if engine.is_done() {
                self.leaving.remove(at);
            } else {
                at += 1;
            }
        }
        self.engine.as_mut()?.poll_io(&mut self.desk.ground).map(Output::Io)
    }

    /// Starts an attempt.
    fn open(&mut self) {
        self.wanted = true;
        self.reconnect.begin(&self.desk.ground);
        let remembered = self.desk.ground.config.remember_upgrade && self.websocket_succeeded;
        let prefer = remembered.then_some(Transport::WebSocket);
        self.decoder = Decoder::new();
        self.engine = Some(Box::new(Engine::new(&mut self.desk.ground, prefer)));
        self.take_notices();
    }

    /// The connection stands: every active namespace joins, in the order they were first named (ORD-3).
    fn opened(&mut self) {
        let attempt = self.reconnect.opened(&self.desk.ground);
        self.websocket_succeeded =
            self.engine.as_ref().is_some_and(|it| it.transport() == Transport::WebSocket);
        self.desk.events.push(Event::Open);
        for socket in &mut self.sockets {
            socket.open(&mut self.desk);
        }
        self.flush_desk();
        if let Some(attempt) = attempt {
            self.tally.count(|it| &mut it.reconnects, 1);
            self.desk.events.push(Event::Reconnect(attempt));
        }
    }

    /// The attempt failed (ORD-4).
    fn failed(&mut self, error: ConnectError<W>) {
        self.retire(false);
        self.websocket_succeeded = false;
        for socket in &mut self.sockets {
            socket.failed(&error, &mut self.desk);
        }
        self.desk.events.push(Event::Error(error.clone()));
        let reconnecting = self.reconnect.attempt() > 0;
        let retry_after =
            if let ConnectError::Http { retry_after, .. } = &error { *retry_after } else { None };
        let fatal = self.desk.ground.config.stop_on_fatal && self.reconnect.ends_with(&error);
        self.schedule(fatal, retry_after, reconnecting);
        if reconnecting {
            self.desk.events.push(Event::ReconnectError(error));
        }
    }

    /// The connection that stood or was opening is gone (ORD-5).
    fn lost(&mut self, reason: DisconnectReason, details: &CloseDetails) {
        // What still stands, when a Socket.IO packet could not be read, or still says goodbye, is not cut short.
        self.retire(!matches!(details, CloseDetails::Offline));
        self.reconnect.lost(&self.desk.ground);
        if reason == DisconnectReason::TransportError {
            self.websocket_succeeded = false;
        }
        self.desk.events.push(Event::Close { reason, details: details.clone() });
        for socket in &mut self.sockets {
            socket.lost(reason, details, &mut self.desk);
        }
        self.schedule(false, None, true);
    }

    fn schedule(&mut self, fatal: bool, retry_after: Option<Span>, say_failed: bool) {
        if !self.wanted || !self.desk.ground.config.reconnection {
            return self.reconnect.give_up();
        }
        let next = if fatal { None } else { self.reconnect.schedule(retry_after, &mut self.desk.ground) };
        if let Some((attempt, delay)) = next {
            self.desk.events.push(Event::ReconnectScheduled { attempt, delay });
            return;
        }
        self.reconnect.give_up();
        if say_failed || fatal {
            self.desk.events.push(Event::ReconnectFailed);
        }
    }

    /// Closes the connection for good: nothing comes back by itself. Open or not, it is told (A-27).
    fn shut(&mut self) {
        self.wanted = false;
        if self.engine.is_some() || self.reconnect.attempt() > 0 {
            self.retire(true);
            self.sockets.iter_mut().for_each(Socket::closed);
            self.reconnect.give_up();
            let reason = DisconnectReason::ForcedClose;
            self.desk.events.push(Event::Close { reason, details: CloseDetails::None });
        }
        self.reconnect.give_up();
    }

    /// When no namespace is active any more, nobody needs the connection (A-27).
    fn shut_if_unused(&mut self) {
        if !self.sockets.iter().any(Socket::active) {
            self.shut();
        }
    }

    /// The session goes to those that are saying goodbye, or are only to be let go of.
    fn retire(&mut self, politely: bool) {
        self.flush_desk();
        let Some(mut engine) = self.engine.take() else { return };
        if politely {
            engine.close(&self.desk.ground);
        } else {
            engine.abort();
        }
        self.decoder = Decoder::new();
        if self.leaving.len() >= MAX_LEAVING
            && let Some(oldest) = self.leaving.first_mut()
        {
            oldest.abort();
        }
        self.leaving.push(engine);
    }

    /// What the sockets want sent goes to the session.
    fn flush_desk(&mut self) {
        while let Some(frame) = self.desk.frames.pop() {
            if let Some(engine) = &mut self.engine {
                engine.push(frame);
            }
        }
        self.hold();
    }

    fn ceiling(&self) -> Ceiling {
        self.engine.as_ref().map_or(Ceiling::NONE, |it| it.ceiling(&self.desk.ground))
    }

    /// Every namespace leaves, and the connection closes.
    fn close_all(&mut self) {
        let max = self.ceiling();
        for socket in &mut self.sockets {
            let joined = socket.disconnect(max, &mut self.desk);
            if joined {
                socket.disconnected(DisconnectReason::IoClientDisconnect, CloseDetails::None, &mut self.desk);
            }
            socket.stop_draining();
        }
        self.shut();
    }
}

/// Goodbyes that may be under way at once; beyond that the oldest is cut short.
const MAX_LEAVING: usize = 4;
