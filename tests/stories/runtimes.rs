//! A runtime that ends, and programs that know of none.

use std::time::Duration;

use sockeye::{AckError, ConnectError, EmitError, ManagerEvent, blocking};
use sockeye_tests::{beside, within};
use tokio::runtime::Builder;

use crate::{
    disconnects::reason,
    setting::{Setting, Transports},
};

stories!(everywhere: a_runtime_that_ends, without_async);

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
    assert_eq!(reason(&admin, &id).await, at.server.farewell());
}
