//! Every way in which a connection ends, and what each side is told.

use serde_json::Value;
use sockeye::{AckError, DisconnectReason, ManagerEvent, Socket, State};
use sockeye_tests::{Which, within};

use crate::setting::{Setting, Transports, ask, join, joined, left, next, until_event, value};

stories!(everywhere: by_the_server, the_last_word, hard_by_the_server, by_the_client, under_the_sockets, when_the_network_is_known_to_be_gone);
stories!(but_rust: engine_closed_by_the_server);

async fn by_the_server(at: Setting) {
    let socket = at.client().await;
    let mut lifecycle = socket.lifecycle();
    let pending = socket.emit_with_ack("never-ack", &()).unwrap();
    socket.emit("disconnect-me", &()).unwrap();
    assert_eq!(left(&mut lifecycle).await, DisconnectReason::IoServerDisconnect);
    assert_eq!(within("the pending answer to fail", pending).await, Err(AckError::Disconnected));
    assert!(!socket.active());
    join(&socket).await;
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

/// What the server says before it leaves is heard.
async fn the_last_word(at: Setting) {
    let socket = at.client().await;
    let (mut lifecycle, mut words) = (socket.lifecycle(), socket.on("goodbye"));
    socket.emit("goodbye", &()).unwrap();
    assert_eq!(left(&mut lifecycle).await, DisconnectReason::IoServerDisconnect);
    assert_eq!(value(&next(&mut words, "the last word").await), "see you");
}

async fn hard_by_the_server(at: Setting) {
    let manager = at.manager();
    let (main, chat) = (manager.socket("/"), manager.socket("/chat"));
    join(&main).await;
    join(&chat).await;
    let (mut events, mut of_main, mut of_chat) = (manager.events(), main.lifecycle(), chat.lifecycle());
    main.emit("disconnect-me-hard", &()).unwrap();
    assert_eq!(left(&mut of_main).await, DisconnectReason::IoServerDisconnect);
    assert_eq!(left(&mut of_chat).await, DisconnectReason::IoServerDisconnect);
    until_event(&mut events, "the end of the connection", |it| {
        matches!(it, ManagerEvent::Close { .. }).then_some(())
    })
    .await;
    // Nobody comes back by itself, so neither does the connection.
    assert_eq!(manager.state(), State::Idle);
    join(&main).await;
}

async fn by_the_client(at: Setting) {
    // In the midst of an upgrade socketioxide may note the end of the probe before the goodbye.
    let socket = at.settled().await;
    let admin = at.join("/admin").await;
    let id = socket.id().unwrap();
    let mut lifecycle = socket.lifecycle();
    let pending = socket.emit_with_ack("never-ack", &()).unwrap();
    socket.disconnect();
    assert_eq!(left(&mut lifecycle).await, DisconnectReason::IoClientDisconnect);
    assert_eq!(within("the pending answer to fail", pending).await, Err(AckError::Disconnected));
    assert!(!socket.connected() && socket.id().is_none());
    assert_eq!(reason(&admin, &id).await, at.server.farewell());

    // At once, in one breath: a new session.
    join(&socket).await;
    socket.disconnect();
    join(&socket).await;
    assert_ne!(socket.id().unwrap(), id);
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

async fn under_the_sockets(at: Setting) {
    let socket = at.client().await;
    let id = socket.id().unwrap();
    let mut lifecycle = socket.lifecycle();
    socket.manager().close_engine();
    assert_eq!(left(&mut lifecycle).await, DisconnectReason::ForcedClose);
    assert!(socket.active());
    let (again, _) = joined(&mut lifecycle).await;
    assert_ne!(again, id);
    assert_eq!(socket.counters().reconnects, 1);
}

async fn when_the_network_is_known_to_be_gone(at: Setting) {
    let socket = at.settled().await;
    let mut lifecycle = socket.lifecycle();
    socket.manager().offline();
    assert_eq!(left(&mut lifecycle).await, DisconnectReason::TransportClose);
    joined(&mut lifecycle).await;
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

/// With no word on any namespace: the client comes back by itself. The Rust server has no way to do this. python-engineio
/// leaves a close packet for the poll that waits; one that comes a moment later is answered with 400.
async fn engine_closed_by_the_server(at: Setting) {
    let manager = at.manager();
    let mut events = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    if at.transports == Transports::Upgrade {
        at.moved(&mut events).await;
    }
    let mut lifecycle = socket.lifecycle();
    socket.emit("close-engine", &()).unwrap();
    match left(&mut lifecycle).await {
        DisconnectReason::TransportClose => {}
        DisconnectReason::TransportError if at.server == Which::Python => {}
        other => panic!("{other:?} is not what the server did"),
    }
    joined(&mut lifecycle).await;
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

/// Why the server thinks that socket left.
pub(crate) async fn reason(admin: &Socket, id: &str) -> String {
    within("the server to see the socket leave", async {
        loop {
            let log: Vec<Value> = serde_json::from_value(ask(admin, "disconnects", &()).await).unwrap();
            if let Some(entry) = log.iter().find(|it| it["id"] == id) {
                return entry["reason"].as_str().unwrap().to_owned();
            }
        }
    })
    .await
}
