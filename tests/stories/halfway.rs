//! A server that dies in the middle of something: a namespace's joining, a goodbye, a drain.

use std::time::Duration;

use serde_json::json;
use sockeye::{AckError, Lifecycle, ManagerEvent, Socket, State};
use sockeye_tests::{Options, Proxy, Server, within};

use crate::setting::{Setting, ask, join, joined, left, next, until_event, value};

stories!(but_python: while_joining);
stories!(everywhere: while_saying_goodbye, while_draining, while_draining_what_waits);

async fn start(at: Setting) -> Server {
    Server::start(at.server, Options::default()).await
}

async fn client(at: Setting, url: &str) -> Socket {
    let socket = at.builder_to(url).build().unwrap().socket("/");
    join(&socket).await;
    socket
}

/// The namespace is asked for again, with the auth of then, and let in (F013, A-51). python-socketio hears nothing more of a
/// connection while one of its doors waits, so there is no way to know that it has heard of this one.
async fn while_joining(at: Setting) {
    let mut server = start(at).await;
    let main = client(at, &server.url()).await;
    let mut lifecycle = main.lifecycle();
    let slow = main.manager().socket("/slow");
    let mut door = slow.lifecycle();
    slow.set_auth(&json!({"delay": 60_000})).unwrap();
    let _waits = slow.connect();
    // What left before this was heard before it.
    ask(&main, "whoami", &()).await;
    assert!(slow.active() && !slow.connected());
    server.kill().await;
    left(&mut lifecycle).await;
    slow.set_auth(&json!({"delay": 0})).unwrap();
    server.restart().await;
    joined(&mut lifecycle).await;
    joined(&mut door).await;
    assert_eq!(ask(&slow, "ready", &()).await, true);
}

/// It never arrives. The connection ends all the same, once, and does not come back by itself.
async fn while_saying_goodbye(at: Setting) {
    let mut server = start(at).await;
    let proxy = Proxy::start(server.port());
    let socket = client(at, &proxy.url()).await;
    let (mut lifecycle, mut events) = (socket.lifecycle(), socket.manager().events());
    proxy.black_hole(true);
    socket.manager().close();
    server.kill().await;
    proxy.down().await;
    left(&mut lifecycle).await;
    until_event(&mut events, "the close", |it| matches!(it, ManagerEvent::Close { .. }).then_some(())).await;
    assert!(!socket.active());
    proxy.black_hole(false);
    proxy.up().await;
    server.restart().await;
    assert!(matches!(socket.manager().state(), State::Idle));
    join(&socket).await;
    assert!(matches!(next(&mut lifecycle, "what follows the end").await, Lifecycle::Connect { .. }));
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

/// The answer that it waited for was lost, which is told long before its time is up (F118).
async fn while_draining(at: Setting) {
    let mut server = start(at).await;
    let socket = client(at, &server.url()).await;
    let answer = socket.emit_with_ack("never-ack", &()).unwrap();
    ask(&socket, "whoami", &()).await;
    let drained = socket.manager().drain(Duration::from_mins(1));
    server.kill().await;
    assert_eq!(within("the answer to fail", answer).await, Err(AckError::Disconnected));
    assert!(!within("the end of the drain", drained).await, "an answer was lost, and nobody was told");
    assert!(!socket.active());
}

/// What had not left yet waits for the server to come back, as long as there is time.
async fn while_draining_what_waits(at: Setting) {
    let mut server = start(at).await;
    let socket = client(at, &server.url()).await;
    let (mut lifecycle, mut echoes) = (socket.lifecycle(), socket.on("echo"));
    server.kill().await;
    left(&mut lifecycle).await;
    let answer = socket.emit_with_ack("echo", "waits").unwrap();
    let drained = socket.manager().drain(Duration::from_mins(1));
    server.restart().await;
    assert!(within("the drain", drained).await, "it was lost");
    within("the answer", answer).await.unwrap();
    assert_eq!(value(&next(&mut echoes, "the echo").await), "waits");
}
