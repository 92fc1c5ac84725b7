//! What a namespace is called, what was chosen for it, and how it joins.

use super::{Phase, Socket, encoder, recovery::Recovery};
use crate::{
    config::SocketOptions,
    counters::{Counters, Tally},
    desk::Desk,
    output::{Event, SocketEvent},
    queue::Queue,
    wire::Wire,
};

/// What the machine has to know of it, where the host does not.
pub(crate) struct Own<W: Wire> {
    /// None is `/`.
    pub(super) name: Option<W::Text>,
    pub(super) options: SocketOptions,
    /// The server's, while joined.
    pub(super) id: Option<W::Text>,
    /// Which CONNECT this is: answers and tokens of an earlier one are worth nothing.
    pub(super) session: u32,
    pub(super) recovery: Recovery<W::Text>,
    /// What came before the CONNECT reply: a recovered session's missed events (P-104).
    pub(super) early: Queue<Event<W>>,
    pub(super) early_size: usize,
    pub(super) overflowed: bool,
    pub(super) tally: Tally,
}

impl<W: Wire> Own<W> {
    pub(crate) fn new(name: Option<W::Text>, options: SocketOptions) -> Self {
        Self {
            name,
            options,
            id: None,
            session: 0,
            recovery: Recovery::new(),
            early: Queue::new(),
            early_size: 0,
            overflowed: false,
            tally: Tally::default(),
        }
    }
}

impl<W: Wire> Socket<W> {
    /// The connection stands: joins, or asks for auth first.
    pub(crate) fn open(&mut self, desk: &mut Desk<W>) {
        if self.phase != Phase::Waiting || !self.may_join(desk) {
            return;
        }
        if self.own.options.auth {
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

    /// `None` is `/`.
    pub(crate) fn name(&self) -> Option<&W::Text> {
        self.own.name.as_ref()
    }

    pub(crate) fn id(&self) -> Option<&W::Text> {
        self.own.id.as_ref().filter(|_| self.connected())
    }

    pub(crate) fn keeps_session(&self) -> bool {
        self.own.recovery.is_on()
    }

    pub(crate) fn counters(&self) -> &Counters {
        self.own.tally.counters()
    }

    fn join(&mut self, auth: Option<&W::Args>, desk: &mut Desk<W>) {
        let lost = if self.own.options.recovery { self.own.recovery.claim() } else { None };
        let auth = auth.map(|auth| W::encode(auth).text);
        desk.frames.push(encoder::connect(self.own.name.as_ref(), lost, auth));
        self.own.session = self.own.session.wrapping_add(1);
        self.own.overflowed = false;
        self.enter(Phase::Joining);
        self.deadline = desk.ground.after(desk.ground.config.namespace_timeout);
    }

    pub(super) fn push_farewell(&self, desk: &mut Desk<W>) {
        desk.frames.push(encoder::disconnect(self.own.name.as_ref()));
    }

    pub(super) fn forget_early(&mut self) {
        self.own.early.clear();
        self.own.early_size = 0;
    }
}
