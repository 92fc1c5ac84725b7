//! A server that dies, in every state of the connection, and comes back.

use std::time::Duration;

use sockeye::{AckError, ConnectError, DisconnectReason, ManagerEvent, Socket, SocketOptions, State};
use sockeye_tests::{Door, Options, Proxy, Server, deadline::until, within};

use crate::setting::{Setting, ask, join, joined, left, next, quiet, until_event, value};

stories!(everywhere: emitted_during_an_outage, with_answers_pending, again_while_waiting, while_connecting, while_upgrading, as_often_as_allowed, at_once, not_at_all, several_namespaces, tried_again_afterwards);

async fn start(at: Setting) -> Server {
    Server::start(at.server, Options::default()).await
}

async fn client(at: Setting, server: &Server) -> Socket {
    let socket = at.builder_to(&server.url()).build().unwrap().socket("/");
    join(&socket).await;
    socket
}

fn was_lost(reason: DisconnectReason) {
    assert!(
        matches!(reason, DisconnectReason::TransportClose | DisconnectReason::TransportError),
        "{reason:?}"
    );
}

/// They arrive afterwards, in order, once.
async fn emitted_during_an_outage(at: Setting) {
    let mut server = start(at).await;
    let socket = client(at, &server).await;
    let (mut lifecycle, mut echoes) = (socket.lifecycle(), socket.on("echo"));
    server.kill().await;
    was_lost(left(&mut lifecycle).await);
    let answers: Vec<_> = (0..100).map(|it| socket.emit_with_ack("echo", &it).unwrap()).collect();
    server.restart().await;
    joined(&mut lifecycle).await;
    for number in 0..100 {
        assert_eq!(value(&next(&mut echoes, "the echo").await), number);
    }
    for answer in answers {
        within("the answer", answer).await.unwrap();
    }
    quiet(&socket, &socket, &mut echoes).await;
    assert_eq!(socket.counters().reconnects, 1);
}

/// What has left may have been heard or not; who asked is told that nobody knows.
async fn with_answers_pending(at: Setting) {
    let mut server = start(at).await;
    let socket = client(at, &server).await;
    let mut lifecycle = socket.lifecycle();
    let pending: Vec<_> = (0..10).map(|_| socket.emit_with_ack("never-ack", &()).unwrap()).collect();
    // The server has them all when it answers this.
    ask(&socket, "whoami", &()).await;
    server.kill().await;
    was_lost(left(&mut lifecycle).await);
    for answer in pending {
        assert_eq!(within("the answer to fail", answer).await, Err(AckError::Disconnected));
    }
    server.restart().await;
    joined(&mut lifecycle).await;
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

async fn again_while_waiting(at: Setting) {
    let mut server = start(at).await;
    let socket = client(at, &server).await;
    let (mut lifecycle, mut events) = (socket.lifecycle(), socket.manager().events());
    for _ in 0..3 {
        server.kill().await;
        left(&mut lifecycle).await;
        until_event(&mut events, "a vain attempt", |it| {
            matches!(it, ManagerEvent::ReconnectError(_)).then_some(())
        })
        .await;
        server.restart().await;
        joined(&mut lifecycle).await;
    }
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

/// The server takes the connection and dies before it says a word.
async fn while_connecting(at: Setting) {
    let server = start(at).await;
    let proxy = Proxy::start(server.port());
    proxy.black_hole(true);
    let socket = at.builder_to(&proxy.url()).build().unwrap().socket("/");
    let mut lifecycle = socket.lifecycle();
    let attempt = socket.connect();
    until("the attempt", || matches!(socket.manager().state(), State::Connecting { .. })).await;
    proxy.down().await;
    let error = within("the first attempt to fail", attempt).await.unwrap_err();
    assert!(matches!(error, ConnectError::Io(_)), "{error:?}");
    assert!(socket.active());
    proxy.black_hole(false);
    proxy.up().await;
    joined(&mut lifecycle).await;
    assert_eq!(ask(&socket, "echo", "here").await, "here");
}

/// The probe is under way, and nobody is left to answer it (F055).
async fn while_upgrading(at: Setting) {
    let mut server = start(at).await;
    let proxy = Proxy::start(server.port());
    proxy.door(Door::Slow(Duration::from_millis(400)));
    let manager = at.builder_to(&proxy.url()).build().unwrap();
    let socket = manager.socket("/");
    join(&socket).await;
    let (mut lifecycle, mut events) = (socket.lifecycle(), manager.events());
    server.kill().await;
    was_lost(left(&mut lifecycle).await);
    proxy.door(Door::Open);
    socket.emit("echo", "meanwhile").unwrap();
    let mut echoes = socket.on("echo");
    server.restart().await;
    joined(&mut lifecycle).await;
    assert_eq!(value(&next(&mut echoes, "what was said meanwhile").await), "meanwhile");
    at.moved(&mut events).await;
    quiet(&socket, &socket, &mut echoes).await;
}

async fn as_often_as_allowed(at: Setting) {
    let mut server = start(at).await;
    let manager = at.builder_to(&server.url()).config(|it| it.reconnection_attempts = 3).build().unwrap();
    let socket = manager.socket("/");
    join(&socket).await;
    let mut events = manager.events();
    server.kill().await;
    let mut attempts = Vec::new();
    until_event(&mut events, "the last attempt", |it| {
        if let ManagerEvent::ReconnectAttempt(number) = it {
            attempts.push(number);
        }
        matches!(it, ManagerEvent::ReconnectFailed).then_some(())
    })
    .await;
    assert_eq!(attempts, [1, 2, 3]);
    assert_eq!(manager.state(), State::Idle);
    server.restart().await;
    // It was given up, but not by those who want to be joined.
    join(&socket).await;
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

/// Nobody has to wait for a delay that is known to be vain.
async fn at_once(at: Setting) {
    let mut server = start(at).await;
    let manager = at
        .builder_to(&server.url())
        .config(|it| {
            it.reconnection_delay = Duration::from_mins(10);
            it.reconnection_delay_max = Duration::from_mins(10);
        })
        .build()
        .unwrap();
    let socket = manager.socket("/");
    join(&socket).await;
    let (mut lifecycle, mut events) = (socket.lifecycle(), manager.events());
    server.kill().await;
    left(&mut lifecycle).await;
    server.restart().await;
    let delay = until_event(&mut events, "the delay", |it| match it {
        ManagerEvent::ReconnectScheduled { attempt: 1, delay } => Some(delay),
        _ => None,
    })
    .await;
    assert!(delay >= Duration::from_mins(5), "{delay:?}");
    manager.reconnect_now();
    joined(&mut lifecycle).await;

    server.kill().await;
    left(&mut lifecycle).await;
    server.restart().await;
    manager.reconnect_in(Some(Duration::from_millis(10)));
    joined(&mut lifecycle).await;

    // Called off.
    server.kill().await;
    left(&mut lifecycle).await;
    manager.reconnect_in(None);
    until_event(&mut events, "the end of trying", |it| {
        matches!(it, ManagerEvent::ReconnectFailed).then_some(())
    })
    .await;
    assert_eq!(manager.state(), State::Idle);
}

async fn not_at_all(at: Setting) {
    let mut server = start(at).await;
    let manager = at.builder_to(&server.url()).config(|it| it.reconnection = false).build().unwrap();
    let socket = manager.socket("/");
    join(&socket).await;
    let mut lifecycle = socket.lifecycle();
    server.kill().await;
    left(&mut lifecycle).await;
    assert_eq!(manager.state(), State::Idle);
    let error = within("the attempt to fail", socket.connect()).await.unwrap_err();
    assert!(matches!(error, ConnectError::Io(_)), "{error:?}");
    server.restart().await;
    join(&socket).await;
}

async fn several_namespaces(at: Setting) {
    let mut server = start(at).await;
    let manager = at.builder_to(&server.url()).build().unwrap();
    let (main, chat, secure) = (manager.socket("/"), manager.socket("/chat"), manager.socket("/secure"));
    join(&main).await;
    join(&chat).await;
    // Refused, so it has no part in what follows.
    within("the refusal", secure.connect()).await.unwrap_err();
    let (mut of_main, mut of_chat) = (main.lifecycle(), chat.lifecycle());
    server.kill().await;
    left(&mut of_main).await;
    left(&mut of_chat).await;
    // Left for good in the midst of the outage.
    chat.disconnect();
    server.restart().await;
    joined(&mut of_main).await;
    assert_eq!(ask(&main, "echo", "back").await, "back");
    assert!(!chat.connected() && !chat.active() && !secure.connected());
}

/// With retries an event whose answer was lost with the server is sent to the next one, before any later.
async fn tried_again_afterwards(at: Setting) {
    let mut server = start(at).await;
    let options =
        SocketOptions { retries: 5, ack_timeout: Some(Duration::from_secs(20)), ..SocketOptions::default() };
    let socket = at.builder_to(&server.url()).build().unwrap().socket_with("/", options);
    let mut lifecycle = socket.lifecycle();
    join(&socket).await;
    let mut questions = socket.on_any_outgoing();
    let slow = socket.emit_with_ack("late-ack", &(2_000, "in the end")).unwrap();
    let after = socket.emit_with_ack("client-message", "after").unwrap();
    assert_eq!(next(&mut questions, "the first try").await.event(), "late-ack");
    server.kill().await;
    left(&mut lifecycle).await;
    server.restart().await;
    joined(&mut lifecycle).await;
    assert_eq!(next(&mut questions, "the second try").await.event(), "late-ack");
    assert_eq!(within("the answer", slow.data::<String>()).await.unwrap(), "in the end");
    within("the later answer", after).await.unwrap();
    assert_eq!(socket.counters().retried, 1);
}
