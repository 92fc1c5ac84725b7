//! Sending more than the queue of a socket holds, and later.

use std::time::Duration;

use serde::Serialize;
use socketioxide::adapter::Adapter;
use socketioxide::extract::SocketRef;
use socketioxide::{SendError, SocketError};
use tokio::time::{Instant, sleep, sleep_until};

/// The library tells that the queue is full but not when it no longer is, so it has to be asked again.
const PAUSE: Duration = Duration::from_millis(1);

/// How long what waits may outlive its socket, of whose end the library does not tell.
const LOOK: Duration = Duration::from_millis(500);

/// Emits as soon as there is room. `false` when the socket is gone.
pub(super) async fn emit<A: Adapter, T: Serialize + ?Sized>(
    socket: &SocketRef<A>,
    event: &str,
    data: &T,
) -> bool {
    loop {
        match socket.emit(event, data) {
            Err(SendError::Socket(SocketError::InternalChannelFull)) => sleep(PAUSE).await,
            other => return other.is_ok(),
        }
    }
}

/// `false` when the socket is gone before that time is over.
pub(super) async fn wait<A: Adapter>(socket: &SocketRef<A>, time: Duration) -> bool {
    let end = Instant::now() + time;
    while socket.connected() && Instant::now() < end {
        sleep_until(end.min(Instant::now() + LOOK)).await;
    }
    socket.connected()
}
