//! What most tests here begin with.

use std::time::Duration;

use serde_json::Value;
use sockeye_tests::{Which, within};
use sockeye_wasm::{Events, Lifecycle, ManagerBuilder, ManagerEvent, Socket, Transport};

/// A connection that comes back fast when it is lost.
pub(crate) fn builder(url: &str, transports: &[Transport]) -> ManagerBuilder {
    ManagerBuilder::new(url).unwrap().config(|config| {
        config.transports = transports.to_vec();
        config.reconnection_delay = Duration::from_millis(20);
    })
}

/// To the official server that all tests share.
pub(crate) fn official(transports: &[Transport]) -> ManagerBuilder {
    builder(&Which::Node484.shared(), transports)
}

pub(crate) async fn join(socket: &Socket) {
    within("the namespace to be joined", socket.connect()).await.unwrap();
}

/// Asks the server and waits for the answer's first argument.
pub(crate) async fn ask(socket: &Socket, event: &str, data: &Value) -> Value {
    within(event, socket.emit_with_ack(event, data).unwrap().data()).await.unwrap()
}

/// The next piece of news of the namespace.
pub(crate) async fn next(lifecycle: &mut Events<Lifecycle>) -> Lifecycle {
    within("news of the namespace", lifecycle.next()).await.unwrap()
}

pub(crate) async fn until(
    events: &mut Events<ManagerEvent>,
    what: &str,
    found: impl Fn(&ManagerEvent) -> bool,
) {
    within(what, async { while !found(&events.next().await.unwrap()) {} }).await;
}

/// Until everything of a connection is gone, whose last handle was dropped.
pub(crate) async fn end(mut events: Events<ManagerEvent>) {
    within("the end of the connection", async { while events.next().await.is_some() {} }).await;
}

pub(crate) const POLLING: &[Transport] = &[Transport::Polling];
pub(crate) const WEBSOCKET: &[Transport] = &[Transport::WebSocket];
pub(crate) const UPGRADE: &[Transport] = &[Transport::Polling, Transport::WebSocket];
