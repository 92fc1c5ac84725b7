//! An Engine.IO session: from the first request to the last goodbye.

#[cfg(feature = "standalone")]
mod burst;
#[cfg(not(feature = "standalone"))]
#[path = "burst_all.rs"]
mod burst;
#[cfg(feature = "standalone")]
mod handshake;
#[cfg(not(feature = "standalone"))]
#[path = "greeting.rs"]
mod handshake;
mod heartbeat;
pub(crate) mod packet;
#[cfg(feature = "standalone")]
mod payload;
#[cfg(not(feature = "standalone"))]
#[path = "parts.rs"]
mod payload;
mod polling;
mod receive;
#[cfg(feature = "standalone")]
mod refusal;
#[cfg(not(feature = "standalone"))]
#[path = "no_refusal.rs"]
mod refusal;
mod send;
mod upgrade;
#[cfg(feature = "standalone")]
mod url;
#[cfg(not(feature = "standalone"))]
#[path = "no_url.rs"]
mod url;
mod websocket;

use alloc::vec::Vec;

use crate::{
    config::Transport,
    error::{CloseDetails, ConnectError, DisconnectReason},
    ground::Ground,
    input::TransportId,
    queue::Queue,
    time::Instant,
    wire::{Frame, Wire},
};
use heartbeat::Heartbeat;
use polling::Polling;
use upgrade::Upgrade;
use websocket::WebSocket;

/// One session, or the attempt at one.
///
/// ```text
///                handshake             close()                 flushed, or too late
///   Opening ─────────────▶ Open ─────────────▶ Closing ─────────────────────▶ Closed
///      │                    │                     ▲                             ▲
///      │                    ├── broke, silent ────┤ over polling                │
///      │                    └── broke, silent ────┼─────────────────────────────┤
///      ├── close() over polling: the session is awaited, then ended ────────────┤
///      └── failed, and no transport is left to try ─────────────────────────────┘
/// ```
pub(crate) struct Engine<W: Wire> {
    phase: Phase,
    /// The transport that carries it.
    on: TransportId,
    transport: Transport,
    link: Link,
    /// What of the application's list is still to be tried in this attempt, in reverse (O-11).
    transports: Vec<Transport>,
    upgrade: Upgrade,
    /// What else it may be upgraded to, in reverse.
    upgrades: Vec<Transport>,
    heartbeat: Heartbeat,
    sid: Option<W::Text>,
    max_payload: usize,
    /// The most packets it takes in one body.
    max_packets: usize,
    /// In milliseconds.
    ping_timeout: u64,
    /// When the write in flight has taken too long (F049).
    write_deadline: Instant,
    /// When closing has taken too long.
    close_deadline: Instant,
    /// The goodbye itself is on its way.
    said: bool,
    /// A ping waits for its answer: however many came, one pong (F027).
    pong: bool,
    /// The transport is new: the word for it leaves before anything else (P-63).
    switched: bool,
    queue: Queue<Frame<W>>,
    /// Its bytes, where they are counted.
    #[cfg(feature = "standalone")]
    queued: usize,
    /// What was pushed that nobody sends again.
    #[cfg(feature = "standalone")]
    once: burst::Once,
    let_go: Vec<TransportId>,
    notices: Queue<Notice<W>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Opening,
    Open,
    Closing,
    Closed,
}

/// What the session runs on.
enum Link {
    Polling(Polling),
    /// Or WebTransport, which frames messages as well.
    WebSocket(WebSocket),
}

/// What a session has to say to its owner.
pub(crate) enum Notice<W: Wire> {
    Open,
    Ping,
    /// A Socket.IO packet, which starts at unit 1, or bytes.
    Message(Frame<W>),
    Upgraded(Transport),
    UpgradeFailed(ConnectError<W>),
    /// It never opened.
    Failed(ConnectError<W>),
    /// It was open.
    Closed(DisconnectReason, CloseDetails),
}

impl<W: Wire> Engine<W> {
    /// Starts an attempt; `prefer` is tried first if the application has it in its list (O-12).
    pub(crate) fn new(ground: &mut Ground, prefer: Option<Transport>) -> Self {
        let mut transports = Vec::new();
        for transport in ground.config.transports.iter().rev() {
            if Some(*transport) != prefer {
                transports.push(*transport);
            }
        }
        if transports.len() < ground.config.transports.len() {
            transports.extend(prefer);
        }
        let mut engine = Self {
            phase: Phase::Opening,
            on: TransportId(0),
            transport: Transport::WebSocket,
            link: Link::WebSocket(WebSocket::new(TransportId(0))),
            transports,
            upgrade: Upgrade::new(),
            upgrades: Vec::new(),
            heartbeat: Heartbeat::new(),
            sid: None,
            max_payload: usize::MAX,
            max_packets: usize::MAX,
            ping_timeout: 0,
            write_deadline: Instant::NEVER,
            close_deadline: Instant::NEVER,
            said: false,
            pong: false,
            switched: false,
            queue: Queue::new(),
            #[cfg(feature = "standalone")]
            queued: 0,
            #[cfg(feature = "standalone")]
            once: burst::Once::Arrived,
            let_go: Vec::new(),
            notices: Queue::new(),
        };
        engine.start(ground);
        engine
    }

    /// Whether this news is for this session.
    pub(crate) fn owns(&self, id: TransportId) -> bool {
        self.phase != Phase::Closed && (self.on == id || self.upgrade.id() == Some(id))
    }

    /// Ends the session politely: what was written leaves first, then the goodbye (P-70, P-71). The owner
    /// hears nothing more of it.
    pub(crate) fn close(&mut self, ground: &Ground) {
        self.notices.clear();
        match (&self.phase, &self.link) {
            (Phase::Open, _) => self.leave(ground),
            // A handshake on its way would leave a session that nobody ends.
            (Phase::Opening, Link::Polling(polling)) if polling.polling() => self.leave(ground),
            (Phase::Closing, _) => {}
            _ => self.stop(),
        }
    }

    fn leave(&mut self, ground: &Ground) {
        self.abandon_upgrade();
        self.pong = false;
        self.phase = Phase::Closing;
        self.close_deadline = ground.after(ground.config.close_timeout);
    }

    /// Ends it at once.
    pub(crate) fn abort(&mut self) {
        self.notices.clear();
        self.stop();
    }

    fn stop(&mut self) {
        if self.phase == Phase::Closed {
            return;
        }
        self.phase = Phase::Closed;
        self.abandon_upgrade();
        self.let_go.push(self.on);
        self.forget_queue();
    }

    fn forget_queue(&mut self) {
        self.queue.clear();
        #[cfg(feature = "standalone")]
        {
            self.queued = 0;
            self.once.ended();
        }
    }

    /// Fires what is due.
    pub(crate) fn handle_timeout(&mut self, ground: &mut Ground) {
        if self.upgrade.deadline() <= ground.now {
            self.upgrade_failed(ConnectError::Timeout, ground);
        }
        match self.phase {
            Phase::Open if self.silent_at() <= ground.now => {
                self.end(DisconnectReason::PingTimeout, CloseDetails::None, ground);
            }
            Phase::Closing if self.close_deadline <= ground.now => self.abort(),
            _ => {}
        }
    }

    pub(crate) fn poll_notice(&mut self) -> Option<Notice<W>> {
        self.notices.pop()
    }

    pub(crate) fn deadline(&self, now: Instant) -> Instant {
        let own = match self.phase {
            Phase::Open => self.silent_at(),
            Phase::Closing => self.close_deadline,
            Phase::Opening => Instant::NEVER,
            Phase::Closed => return Instant::NEVER,
        };
        let poll = match &self.link {
            Link::Polling(polling) => polling.deadline(now),
            Link::WebSocket(_) => Instant::NEVER,
        };
        own.min(poll).min(self.upgrade.deadline())
    }

    pub(crate) fn transport(&self) -> Transport {
        self.transport
    }

    /// Whether nothing is left to do, so that it can be forgotten.
    pub(crate) fn is_done(&self) -> bool {
        self.phase == Phase::Closed && self.let_go.is_empty() && self.notices.is_empty()
    }

    /// When the peer has not read or not pinged for too long.
    fn silent_at(&self) -> Instant {
        self.heartbeat.deadline().min(self.write_deadline)
    }

    /// Begins with the first transport left to try.
    fn start(&mut self, ground: &mut Ground) {
        self.on = ground.next_transport();
        let Some(transport) = self.transports.last() else {
            self.phase = Phase::Closed;
            self.notices.push(Notice::Failed(ConnectError::NoTransports));
            return;
        };
        self.transport = *transport;
        self.link = match transport {
            Transport::Polling => Link::Polling(Polling::new(ground.now)),
            _ => Link::WebSocket(WebSocket::new(self.on)),
        };
    }

    /// The transport that carries the session broke, or cannot carry it.
    fn fail(
        &mut self,
        error: ConnectError<W>,
        reason: DisconnectReason,
        details: CloseDetails,
        ground: &mut Ground,
    ) {
        match self.phase {
            Phase::Open => self.end(reason, details, ground),
            Phase::Opening if ground.config.try_all_transports && self.transports.len() > 1 => {
                self.let_go.push(self.on);
                self.transports.pop();
                self.start(ground);
            }
            Phase::Opening => {
                self.abort();
                self.notices.push(Notice::Failed(error));
            }
            Phase::Closing => self.abort(),
            Phase::Closed => {}
        }
    }

    /// It was open and is no more. What was received before is still delivered (Q-11).
    ///
    /// A server only knows by its own heartbeat that nobody polls any more, so over polling it is told (P-70).
    fn end(&mut self, reason: DisconnectReason, details: CloseDetails, ground: &Ground) {
        if matches!(self.link, Link::Polling(_)) {
            self.forget_queue();
            self.leave(ground);
        } else {
            self.stop();
        }
        self.notices.push(Notice::Closed(reason, details));
    }

    fn upgrade_failed(&mut self, error: ConnectError<W>, ground: &mut Ground) {
        if self.abandon_upgrade() && self.phase == Phase::Open {
            self.notices.push(Notice::UpgradeFailed(error));
            self.try_upgrade(ground);
        }
    }

    /// Back to polling alone, as it was (F051).
    fn abandon_upgrade(&mut self) -> bool {
        if let Link::Polling(polling) = &mut self.link {
            polling.pausing = false;
        }
        let Some(socket) = self.upgrade.abandon() else { return false };
        self.let_go.push(socket.id);
        true
    }
}
