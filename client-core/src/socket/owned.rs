//! How a namespace joins, where the host writes what it says.

use core::marker::PhantomData;

use super::{Phase, Socket};
use crate::{
    desk::Desk,
    output::SocketEvent,
    wire::{Frame, Wire},
};

/// The host knows its name, and what it was promised.
pub(crate) struct Own<W>(PhantomData<W>);

impl<W: Wire> Own<W> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<W: Wire> Socket<W> {
    /// The connection stands: the CONNECT is asked for.
    pub(crate) fn open(&mut self, desk: &mut Desk<W>) {
        if self.phase == Phase::Waiting && self.may_join(desk) {
            self.enter(Phase::Asking);
            desk.tell(self.key, SocketEvent::AuthRequired);
        }
    }

    /// The answer to `AuthRequired`: the CONNECT.
    pub(crate) fn join(&mut self, connect: W::Text, desk: &mut Desk<W>) {
        if self.phase == Phase::Asking {
            desk.frames.push(Frame::Text(connect));
            self.enter(Phase::Joining);
            self.deadline = desk.ground.after(desk.ground.config.namespace_timeout);
        }
    }

    pub(super) fn push_farewell(&self, desk: &mut Desk<W>) {
        desk.frames.push(Frame::Text(W::farewell(self.key.as_u32())));
    }

    /// The host keeps it.
    #[expect(clippy::unused_self, reason = "where it is kept, it is forgotten")]
    pub(super) fn forget_early(&self) {}
}
