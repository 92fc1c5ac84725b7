//! How a connection ends when nobody needs it any more.

use std::time::Duration;

use sockeye::{AckError, ConnectError, EmitError, ManagerEvent, Socket, State};
use sockeye_tests::{Which, within};

use crate::{
    disconnects::reason,
    setting::{Setting, Transports, ask, join, next, says, unique, until_event, value},
};

stories!(everywhere: said_before_the_end, clones_and_the_last_handle, dropped_at_once, drained, drained_in_vain, counted, closed_and_opened);

async fn clones_and_the_last_handle(at: Setting) {
    let admin = at.join("/admin").await;
    let socket = one_who_leaves(at).await;
    let (mut echoes, mut lifecycle) = (socket.on("echo"), socket.lifecycle());
    let id = socket.id().unwrap();
    let clone = socket.clone();
    drop(socket);
    assert_eq!(ask(&clone, "echo", "still").await, "still");
    next(&mut echoes, "the echo").await;

    // The server hears the goodbye, and the streams end.
    drop(clone);
    assert_eq!(reason(&admin, &id).await, at.server.farewell());
    assert!(within("the end of the stream", echoes.next()).await.is_none());
    within("the end of the lifecycle", async { while lifecycle.next().await.is_some() {} }).await;
}

/// Before anything came about.
async fn dropped_at_once(at: Setting) {
    let socket = at.manager().socket("/");
    let mut echoes = socket.on("echo");
    let connected = socket.connect();
    drop(socket);
    let result = within("the end of the attempt", connected).await;
    assert!(matches!(result, Err(ConnectError::Closed)), "{result:?}");
    assert!(within("the end of the stream", echoes.next()).await.is_none());
    drop(at.manager());
}

async fn drained(at: Setting) {
    let manager = at.manager();
    let socket = manager.socket("/");
    join(&socket).await;
    let answers: Vec<_> = (0..200).map(|it| socket.emit_with_ack("echo", &it).unwrap()).collect();
    let drained = manager.drain(Duration::from_secs(10));
    assert_eq!(socket.emit("echo", "late"), Err(EmitError::Draining));
    assert!(within("the drain", drained).await, "something was lost");
    for (number, answer) in answers.into_iter().enumerate() {
        assert_eq!(within("the answer", answer.data::<usize>()).await.unwrap(), number);
    }
    assert!(!socket.connected());
    assert_eq!(manager.state(), State::Idle);
    // A drained connection is not broken.
    join(&socket).await;
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

async fn drained_in_vain(at: Setting) {
    let socket = at.client().await;
    let never = socket.emit_with_ack("never-ack", &()).unwrap();
    let complete = within("the drain", socket.manager().drain(Duration::from_millis(100))).await;
    assert!(!complete, "an answer was lost, and the drain said it was complete");
    assert_eq!(within("the answer to fail", never).await, Err(AckError::Disconnected));
}

async fn counted(at: Setting) {
    let manager = at.manager();
    let (main, admin) = (manager.socket("/"), manager.socket("/admin"));
    join(&main).await;
    join(&admin).await;
    let before = main.counters();
    for _ in 0..10 {
        ask(&main, "client-message", "count me").await;
    }
    let after = main.counters();
    assert_eq!(after.packets_sent - before.packets_sent, 10);
    // Other stories speak to all, so there may be more.
    assert!(after.packets_received - before.packets_received >= 10);
    assert!(after.bytes_sent > before.bytes_sent + 10 * 8 && after.bytes_received > before.bytes_received);
    let whole = manager.counters();
    assert!(whole.packets_sent >= after.packets_sent + admin.counters().packets_sent);
    assert_eq!((whole.dropped, whole.retried, whole.reconnects, whole.timed_out), (0, 0, 0, 0));
}

async fn closed_and_opened(at: Setting) {
    let manager = at.manager();
    let socket = manager.socket("/");
    let mut events = manager.events();
    join(&socket).await;
    let mut echoes = socket.on("echo");
    manager.close();
    until_event(&mut events, "the close", |it| matches!(it, ManagerEvent::Close { .. }).then_some(())).await;
    assert!(!socket.active());
    // The listener is still there when the socket comes back.
    join(&socket).await;
    socket.emit("echo", "again").unwrap();
    assert_eq!(value(&next(&mut echoes, "the echo").await), "again");
}

/// One who will leave. When a client leaves in the midst of an upgrade, socketioxide may note the end of the
/// probe before the goodbye, and end the session for that; so there it is waited for.
async fn one_who_leaves(at: Setting) -> Socket {
    if at.server == Which::Rust { at.settled().await } else { at.client().await }
}

/// What was emitted leaves first, however the connection ends.
async fn said_before_the_end(at: Setting) {
    let other = at.client().await;
    let mut heard = other.on("chatMessage");
    for way in ["drop", "disconnect", "close", "drain"] {
        let socket = one_who_leaves(at).await;
        let text = unique(way);
        if at.server.is_node() && at.transports != Transports::PollingOnly {
            // The official server reads what came in one piece over a WebSocket before it acts on any of it, and
            // then ignores events of a namespace that was left, its own client's too. Only an answer tells.
            socket.emit("broadcast-all", &text).unwrap();
            ask(&socket, "whoami", &()).await;
        } else {
            socket.emit("broadcast-all", &text).unwrap();
        }
        match way {
            "disconnect" => socket.disconnect(),
            "close" => socket.manager().close(),
            "drain" => assert!(within("the drain", socket.manager().drain(Duration::from_secs(10))).await),
            _ => {}
        }
        drop(socket);
        within(way, says(&mut heard, text)).await;
    }
}
