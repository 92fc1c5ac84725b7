//! How a connection ends when nobody needs it any more, or when its runtime does.

use std::time::Duration;

use sockeye_native::{AckError, ConnectError, EmitError, ManagerEvent, Socket, State, blocking};
use sockeye_tests::{beside, within};
use tokio::runtime::Builder;

use crate::{
    disconnects::reason,
    setting::{Setting, Transports, ask, join, next, says, unique, until_event, value},
};

stories!(everywhere: said_before_the_end, clones_and_the_last_handle, dropped_at_once, drained, drained_in_vain, counted, closed_and_opened, a_runtime_that_ends, without_async);

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
    assert_eq!(reason(&admin, &id).await, "client namespace disconnect");
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

/// Its runtime is shut down under an open connection: everything that waits is told (F118).
async fn a_runtime_that_ends(at: Setting) {
    let (runtime, socket) = beside(move || {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let socket = runtime.block_on(at.client());
        (runtime, socket)
    })
    .await;
    let (mut echoes, mut lifecycle, mut events) =
        (socket.on("echo"), socket.lifecycle(), socket.manager().events());
    let pending = socket.emit_with_ack("never-ack", &()).unwrap();
    runtime.shutdown_background();
    assert!(within("the end of the stream", echoes.next()).await.is_none());
    within("the end of the lifecycle", async { while lifecycle.next().await.is_some() {} }).await;
    within("the end of the events", async { while events.next().await.is_some() {} }).await;
    assert_eq!(within("the answer to fail", pending).await, Err(AckError::Disconnected));
    assert_eq!(socket.emit("echo", "nobody"), Err(EmitError::Closed));
    within("no room, but no wait either", socket.writable()).await;
    let joined = within("the connect to fail", socket.connect()).await;
    assert!(matches!(joined, Err(ConnectError::Closed)), "{joined:?}");
    let drained = within("the drain to fail", socket.manager().drain(Duration::from_secs(30))).await;
    assert!(!drained);
    // Nor does who comes now wait for ever.
    assert!(within("the end of a late stream", socket.on("echo").next()).await.is_none());
    assert!(within("the end of a late lifecycle", socket.lifecycle().next()).await.is_none());
    assert!(within("the end of late events", socket.manager().events().next()).await.is_none());
}

/// The front for programs without async.
async fn without_async(at: Setting) {
    let admin = at.join("/admin").await;
    let id = beside(move || {
        let limit = Duration::from_secs(20);
        let manager = blocking::Manager::build(at.builder()).unwrap();
        let socket = manager.socket("/");
        let mut echoes = socket.on("echo");
        let mut events = manager.events();
        socket.connect(limit).unwrap();
        // As in `one_who_leaves`.
        while at.transports == Transports::Upgrade
            && !matches!(events.next(limit).unwrap(), ManagerEvent::Upgrade(_))
        {}
        socket.emit("echo", "blocking").unwrap();
        assert_eq!(echoes.next(limit).unwrap().data::<&str>().unwrap(), "blocking");
        assert!(echoes.next(Duration::from_millis(1)).is_none());
        let answer = socket.emit_with_ack("client-message", "hi", limit).unwrap().unwrap();
        assert_eq!(answer.text(), r#"[{"received":"hi"}]"#);
        let never = socket.emit_with_ack("never-ack", &(), Duration::from_millis(20)).unwrap();
        assert_eq!(never, Err(AckError::TimedOut));
        socket.handle().id().unwrap()
    })
    .await;
    assert_eq!(reason(&admin, &id).await, "client namespace disconnect");
}

/// One who will leave. When a client leaves in the midst of an upgrade, socketioxide may note the end of the
/// probe before the goodbye, and end the session for that; so there it is waited for.
async fn one_who_leaves(at: Setting) -> Socket {
    if at.server.is_node() { at.client().await } else { at.settled().await }
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
