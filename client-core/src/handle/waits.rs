//! What can be waited for at a namespace.

use alloc::sync::Arc;
use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use super::{slot::Slot, socket::Socket};
use crate::{error::ConnectError, wire::Json};

/// How an attempt to join ended.
pub(crate) type Joined = Result<(), ConnectError<Json>>;

/// The result of [`Socket::connect`]. Cancel-safe: dropping it changes nothing.
pub struct Connected(pub(super) Arc<Slot<Joined>>);

impl Future for Connected {
    type Output = Result<(), ConnectError<Json>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(cx)
    }
}

/// The result of [`Socket::writable`]. Cancel-safe.
#[must_use = "a future does nothing unless it is awaited"]
pub struct Writable<'a> {
    socket: &'a Socket,
    slot: Option<Arc<Slot<()>>>,
}

impl<'a> Writable<'a> {
    pub(super) fn new(socket: &'a Socket) -> Self {
        Self { socket, slot: None }
    }
}

impl Future for Writable<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let (socket, slot) = (self.socket, self.slot.take());
        let waiting = socket.shared().look(|inner| {
            if inner.dead || inner.client.await_room(socket.key) {
                return None;
            }
            let room = inner.room(socket.key)?;
            // There was room, and others have taken it.
            let slot = slot.filter(|it| !it.is_settled()).unwrap_or_else(|| room.writable.add());
            slot.poll(cx).is_pending().then_some(slot)
        });
        self.slot = waiting;
        if self.slot.is_some() { Poll::Pending } else { Poll::Ready(()) }
    }
}
