//! Sending more than the queue of a socket holds.

use std::time::Duration;

use serde::Serialize;
use socketioxide::adapter::Adapter;
use socketioxide::extract::SocketRef;
use socketioxide::{SendError, SocketError};
use tokio::time::sleep;

/// The library tells that the queue is full but not when it no longer is, so it has to be asked again.
const PAUSE: Duration = Duration::from_millis(1);

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
