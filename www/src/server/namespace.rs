//! Opening namespaces, whatever the adapter.

use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::handler::ConnectHandler;
use socketioxide_core::adapter::DefinedAdapter;

/// Those that are being opened: an adapter that has to reach other servers first takes its time.
pub(super) struct Opening<'a, A: Adapter> {
    io: &'a SocketIo<A>,
    opening: Vec<A::InitRes>,
}

impl<'a, A: Adapter + DefinedAdapter> Opening<'a, A> {
    pub(super) fn new(io: &'a SocketIo<A>) -> Self {
        Self { io, opening: Vec::new() }
    }

    /// As `io.ns`.
    pub(super) fn open<C, T>(&mut self, path: &'static str, handler: C)
    where
        C: ConnectHandler<A, T>,
        T: Send + Sync + 'static,
    {
        self.opening.push(self.io.ns(path, handler));
    }

    pub(super) fn io(&self) -> &SocketIo<A> {
        self.io
    }

    /// What to wait for before clients may come; of an adapter of one server it is nothing.
    pub(super) fn all(self) -> Vec<A::InitRes> {
        self.opening
    }
}
