//! One namespace: joined or not, what it sends, what it waits for.

#[cfg(feature = "standalone")]
mod decoder;
#[cfg(not(feature = "standalone"))]
#[path = "reading.rs"]
mod decoder;
#[cfg(feature = "standalone")]
mod deliver;
#[cfg(not(feature = "standalone"))]
#[path = "handing.rs"]
mod deliver;
#[cfg(feature = "standalone")]
mod encoder;
#[cfg(feature = "standalone")]
mod own;
#[cfg(not(feature = "standalone"))]
#[path = "owned.rs"]
mod own;
mod packet;
#[cfg(feature = "standalone")]
mod recovery;
#[cfg(feature = "standalone")]
mod sending;
#[cfg(not(feature = "standalone"))]
#[path = "passing.rs"]
mod sending;

pub(crate) use decoder::{Decoder, Packet};
pub(crate) use deliver::Joined;
pub(crate) use own::Own;

use crate::{
    desk::Desk,
    error::{CloseDetails, ConnectError, DisconnectReason},
    ground::Ceiling,
    output::{SocketEvent, SocketKey},
    time::Instant,
    wire::Wire,
};
#[cfg(not(feature = "standalone"))]
pub use sending::Refused;
use sending::Sending;

/// What the client has to see to after a packet.
pub(crate) enum Outcome<W: Wire> {
    Nothing,
    /// Joined: what waits is sent, and then the application is told.
    Joined(Joined<W>),
    /// Left without a wish to; if it was the last, the connection closes first (A-27).
    Disconnected,
    /// The same, before it was joined.
    Refused,
    /// Left as wished, and wanted again: the next CONNECT may go out.
    Again,
}

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
    phase: Phase,
    /// Until when whoever is waited for must have answered.
    deadline: Instant,
    /// Of the next CONNECT on this connection.
    not_before: Instant,
    sending: Sending<W>,
    #[cfg_attr(not(feature = "standalone"), expect(dead_code, reason = "there the host has it all"))]
    own: Own<W>,
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
    pub(crate) fn new(key: SocketKey, own: Own<W>) -> Self {
        Self {
            key,
            phase: Phase::Idle,
            deadline: Instant::NEVER,
            not_before: Instant::ZERO,
            sending: Sending::new(),
            own,
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

    /// The application leaves (A-51); `true` when it is told so. The events that wait are sent first, if the
    /// server takes them.
    pub(crate) fn disconnect(&mut self, max: Ceiling, desk: &mut Desk<W>) -> bool {
        let joined = self.connected();
        if joined {
            self.send_all(max, desk);
            self.say_farewell(desk);
        }
        self.enter(match self.phase {
            Phase::Joining | Phase::Leaving | Phase::Returning => Phase::Leaving,
            _ => Phase::Idle,
        });
        self.forget_early();
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
        self.not_before = Instant::ZERO;
        // There was no connection yet, or it was to be asked in a moment.
        if self.phase == Phase::Waiting {
            return self.enter(Phase::Waiting);
        }
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
        if self.phase == Phase::Waiting {
            self.open(desk);
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

    /// Whoever has to answer by a deadline sets it after this.
    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.deadline = Instant::NEVER;
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

    /// This side closed the connection: what it waited for before it could join again will not come (Q-04).
    pub(crate) fn closed(&mut self) {
        self.not_before = Instant::ZERO;
        if self.phase == Phase::Leaving {
            self.enter(Phase::Idle);
        }
    }

    /// After `Disconnected`: it is not joined again by itself (F108).
    pub(crate) fn left(&mut self, desk: &mut Desk<W>) {
        self.disconnected(DisconnectReason::IoServerDisconnect, CloseDetails::None, desk);
    }

    /// After `Disconnected`, before the connection is seen to.
    pub(crate) fn deactivate(&mut self) {
        self.enter(Phase::Idle);
    }

    fn say_farewell(&mut self, desk: &mut Desk<W>) {
        self.push_farewell(desk);
        self.not_before = desk.ground.now.plus(REJOIN_GAP);
    }

    /// The connection stands: whether the CONNECT may go out, now or when its time has come. A server that reads it
    /// in one go with the DISCONNECT before it has not looked at that yet, and closes the connection (Q-04).
    fn may_join(&mut self, desk: &Desk<W>) -> bool {
        let early = self.not_before > desk.ground.now;
        self.deadline = if early { self.not_before } else { Instant::NEVER };
        !early
    }

    fn leave(&mut self) -> Outcome<W> {
        let again = self.phase == Phase::Returning;
        self.enter(if again { Phase::Waiting } else { Phase::Idle });
        if again { Outcome::Again } else { Outcome::Nothing }
    }
}

/// Milliseconds between a DISCONNECT and the next CONNECT of a namespace: long enough for a server that is not too busy
/// to read them apart.
const REJOIN_GAP: u64 = 50;
