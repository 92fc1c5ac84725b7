//! One namespace: joined or not, what it sends, what it waits for.

mod decoder;
mod deliver;
mod encoder;
mod packet;
mod recovery;
#[cfg(feature = "standalone")]
mod sending;
#[cfg(not(feature = "standalone"))]
#[path = "passing.rs"]
mod sending;

pub(crate) use decoder::Decoder;
pub(crate) use deliver::Outcome;
pub(crate) use packet::{Content, Packet};

use crate::{
    config::SocketOptions,
    counters::Tally,
    desk::Desk,
    error::{CloseDetails, ConnectError, DisconnectReason},
    ground::Ceiling,
    output::{Event, SocketEvent, SocketKey},
    queue::Queue,
    time::Instant,
    wire::Wire,
};
use recovery::Recovery;
#[cfg(not(feature = "standalone"))]
pub use sending::Refused;
use sending::Sending;

/// One namespace of a connection.
///
/// ```text
///                connect         connection opens            auth given          CONNECT answered
///   Idle ────────────────▶ Waiting ─────────────▶ Asking ───────────▶ Joining ─────────────────▶ Joined
///    ▲ ▲                      ▲                                        │    │                      │
///    │ │                      └──────── connection lost ───────────────┼────┼──────────────────────┤
///    │ └── refused, timed out, left, disconnected by the server ───────┘    │ left: the answer is  │
///    │                                                                      ▼ met with DISCONNECT  │
///    └──────────────────────────────────────────────────────────────── Leaving (Q-04)   disconnect ┘
/// ```
pub(crate) struct Socket<W: Wire> {
    pub(crate) key: SocketKey,
    /// None is `/`.
    name: Option<W::Text>,
    options: SocketOptions,
    phase: Phase,
    /// Until when whoever is waited for must have answered.
    deadline: Instant,
    /// The server's, while joined.
    id: Option<W::Text>,
    /// Which CONNECT this is: answers and tokens of an earlier one are worth nothing (Q-07).
    session: u32,
    sending: Sending<W>,
    recovery: Recovery<W::Text>,
    /// What came before the CONNECT reply: a recovered session's missed events (P-104).
    early: Queue<Event<W>>,
    early_size: usize,
    overflowed: bool,
    tally: Tally,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    /// Idle by the server's wish, until the next connect (F092).
    Refused,
    Waiting,
    Asking,
    Joining,
    Joined,
    Leaving,
    /// Leaving, and connect was called meanwhile.
    Returning,
}

impl<W: Wire> Socket<W> {
    pub(crate) fn new(key: SocketKey, name: Option<W::Text>, options: SocketOptions) -> Self {
        Self {
            key,
            name,
            options,
            phase: Phase::Idle,
            deadline: Instant::NEVER,
            id: None,
            session: 0,
            sending: Sending::new(),
            recovery: Recovery::new(),
            early: Queue::new(),
            early_size: 0,
            overflowed: false,
            tally: Tally::default(),
        }
    }

    /// The application wants to be joined (A-50). A second call changes nothing (Q-03).
    pub(crate) fn connect(&mut self, desk: &Desk<W>) {
        match self.phase {
            Phase::Idle | Phase::Refused => self.enter(Phase::Waiting),
            Phase::Leaving => {
                self.enter(Phase::Returning);
                self.deadline = desk.ground.after(desk.ground.config.namespace_timeout);
            }
            _ => {}
        }
    }

    /// The connection stands: joins, or asks for auth first.
    pub(crate) fn open(&mut self, desk: &mut Desk<W>) {
        if self.phase != Phase::Waiting {
            return;
        }
        if self.options.auth {
            self.enter(Phase::Asking);
            self.deadline = desk.ground.after(desk.ground.config.auth_timeout);
            desk.tell(self.key, SocketEvent::AuthRequired);
        } else {
            self.join(None, desk);
        }
    }

    /// The application's answer to `AuthRequired`.
    pub(crate) fn authenticate(&mut self, auth: Option<&W::Args>, desk: &mut Desk<W>) {
        if self.phase == Phase::Asking {
            self.join(auth, desk);
        }
    }

    /// The application leaves (A-51); `true` when it is told so. The events that wait are sent first, if the
    /// server takes them.
    pub(crate) fn disconnect(&mut self, max: Ceiling, desk: &mut Desk<W>) -> bool {
        let joined = self.connected();
        if joined {
            self.send_all(max, desk);
            desk.frames.push(encoder::disconnect(self.name.as_ref()));
        }
        self.enter(match self.phase {
            Phase::Joining | Phase::Leaving | Phase::Returning => Phase::Leaving,
            _ => Phase::Idle,
        });
        joined
    }

    /// The end of `disconnect`, once the connection has been seen to.
    pub(crate) fn disconnected(
        &mut self,
        reason: DisconnectReason,
        details: CloseDetails,
        desk: &mut Desk<W>,
    ) {
        desk.tell(self.key, SocketEvent::Disconnect { reason, details });
        self.forget_session(desk);
    }

    /// The connection is gone; who wanted to be joined still does. A socket that was not yet joined is told
    /// all the same (Q-18).
    pub(crate) fn lost(&mut self, reason: DisconnectReason, details: &CloseDetails, desk: &mut Desk<W>) {
        let active = self.active();
        self.enter(match self.phase {
            // Without a new `connect` it stays refused (F092).
            Phase::Refused => Phase::Refused,
            _ if active => Phase::Waiting,
            _ => Phase::Idle,
        });
        if active {
            self.disconnected(reason, details.clone(), desk);
        } else {
            self.forget_session(desk);
        }
    }

    /// The connection did not come about.
    pub(crate) fn failed(&mut self, error: &ConnectError<W>, desk: &mut Desk<W>) {
        if self.active() {
            desk.tell(self.key, SocketEvent::ConnectError(error.clone()));
        }
    }

    /// Fires what is due; `true` when the namespace became inactive by it.
    pub(crate) fn handle_timeout(&mut self, desk: &mut Desk<W>) -> bool {
        let now = desk.ground.now;
        self.sending_timeout(desk);
        if self.deadline > now {
            return false;
        }
        if !self.refuse_auth(desk) {
            // The answer may still come; it must not leave a ghost on the server (Q-04).
            self.refuse(ConnectError::Timeout, desk);
            self.enter(Phase::Leaving);
        }
        true
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.deadline.min(self.sending_deadline())
    }

    pub(crate) fn connected(&self) -> bool {
        self.phase == Phase::Joined
    }

    /// Whether it is joined with the connection, now or when there is one (A-41).
    pub(crate) fn active(&self) -> bool {
        !matches!(self.phase, Phase::Idle | Phase::Refused | Phase::Leaving)
    }

    pub(crate) fn keeps_session(&self) -> bool {
        self.recovery.is_on()
    }

    pub(crate) fn id(&self) -> Option<&W::Text> {
        self.id.as_ref().filter(|_| self.connected())
    }

    /// `None` is `/`.
    pub(crate) fn name(&self) -> Option<&W::Text> {
        self.name.as_ref()
    }

    /// Whoever has to answer by a deadline sets it after this.
    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.deadline = Instant::NEVER;
    }

    fn join(&mut self, auth: Option<&W::Args>, desk: &mut Desk<W>) {
        let lost = if self.options.recovery { self.recovery.claim() } else { None };
        let auth = auth.map(|auth| W::encode(auth).text);
        desk.frames.push(encoder::connect(self.name.as_ref(), lost, auth));
        self.session = self.session.wrapping_add(1);
        self.overflowed = false;
        self.enter(Phase::Joining);
        self.deadline = desk.ground.after(desk.ground.config.namespace_timeout);
    }

    /// Not joined, and not tried again by itself (A-53).
    fn refuse(&mut self, error: ConnectError<W>, desk: &mut Desk<W>) {
        self.enter(Phase::Refused);
        self.forget_early();
        desk.tell(self.key, SocketEvent::ConnectError(error));
    }

    /// What has left will not be answered any more; what waits is kept (A-73).
    fn forget_session(&mut self, desk: &mut Desk<W>) {
        self.forget_early();
        self.forget_sent(desk);
    }

    fn forget_early(&mut self) {
        self.early.clear();
        self.early_size = 0;
    }
}
