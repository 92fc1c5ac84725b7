//! Opening a namespace, whatever the adapter.

use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::handler::ConnectHandler;
use socketioxide_core::adapter::{DefinedAdapter, Spawnable};

/// As `io.ns`. An adapter that has to reach other servers first does so in a task of its own.
pub(super) fn open<A: Adapter + DefinedAdapter, C, T>(io: &SocketIo<A>, path: &'static str, handler: C)
where
    C: ConnectHandler<A, T>,
    T: Send + Sync + 'static,
{
    io.ns(path, handler).spawn();
}
