//! Between client and server: a network that delays, cuts, swallows and garbles.

use std::time::Duration;

use serde_bytes::ByteBuf;
use sockeye::{DisconnectReason, Manager, ManagerEvent};
use sockeye_tests::{Door, Ending, Options, Proxy, Server, deadline::for_a_while, within};

use crate::setting::{Setting, Transports, ask, join, joined, left, next, quiet, until_event, value};

stories!(everywhere: in_the_midst_of_a_word, one_byte_is_another, one_byte_at_a_time, a_long_way, a_slow_upgrade, no_websocket_gets_through, swallowed, ended_from_outside);

/// A proxy before the shared server, and a connection through it.
fn through(at: Setting) -> (Proxy, Manager) {
    let proxy = Proxy::start(at.server.shared_port());
    let manager = at.builder_to(&proxy.url()).build().unwrap();
    (proxy, manager)
}

/// What was half said is not heard, and what comes after is whole.
async fn in_the_midst_of_a_word(at: Setting) {
    for ending in [Ending::Cut, Ending::Reset, Ending::HalfClosed] {
        let (proxy, manager) = through(at);
        let mut events = manager.events();
        let socket = manager.socket("/");
        join(&socket).await;
        at.moved(&mut events).await;
        let (mut lifecycle, mut echoes) = (socket.lifecycle(), socket.on("echo"));
        proxy.when_server_says("in the midst of a word", ending);
        socket.emit("echo", "in the midst of a word").unwrap();
        let reason = left(&mut lifecycle).await;
        assert!(
            matches!(reason, DisconnectReason::TransportClose | DisconnectReason::TransportError),
            "{ending:?}: {reason:?}"
        );
        joined(&mut lifecycle).await;
        socket.emit("echo", "whole").unwrap();
        assert_eq!(value(&next(&mut echoes, "the next word").await), "whole");
    }
}

async fn one_byte_is_another(at: Setting) {
    let (proxy, manager) = through(at);
    let mut events = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    at.moved(&mut events).await;
    let (mut lifecycle, mut echoes) = (socket.lifecycle(), socket.on("echo"));
    // The bracket that opens the arguments.
    proxy.when_server_says(r#"42[""#, Ending::Corrupted);
    socket.emit("echo", "garbled").unwrap();
    assert_eq!(left(&mut lifecycle).await, DisconnectReason::ParseError);
    joined(&mut lifecycle).await;
    socket.emit("echo", "whole").unwrap();
    assert_eq!(value(&next(&mut echoes, "the next word").await), "whole");
}

/// Every boundary is met: of headers, of frames, within a letter (F021).
async fn one_byte_at_a_time(at: Setting) {
    let (proxy, manager) = through(at);
    proxy.slice(Some(1));
    let mut events = manager.events();
    let socket = manager.socket("/");
    let mut echoes = socket.on("echo");
    join(&socket).await;
    for word in ["x", "Grüße", "🐟🦀", "\u{1e}", "4"] {
        socket.emit("echo", word).unwrap();
        socket.emit("echo", &(word, ByteBuf::from(word))).unwrap();
        assert_eq!(value(&next(&mut echoes, "the word").await), word);
        let (text, bytes): (String, ByteBuf) = next(&mut echoes, "the bytes").await.data().unwrap();
        assert_eq!((&*text, bytes.as_slice()), (word, word.as_bytes()));
    }
    at.moved(&mut events).await;
    let long = "é".repeat(3_000);
    assert_eq!(ask(&socket, "echo", &long).await, long);
}

async fn a_long_way(at: Setting) {
    let (proxy, manager) = through(at);
    proxy.delay(Duration::from_millis(25));
    proxy.bandwidth(Some(100_000));
    let mut events = manager.events();
    let socket = manager.socket("/");
    let mut echoes = socket.on("echo");
    join(&socket).await;
    for number in 0..50 {
        socket.emit("echo", &number).unwrap();
    }
    for number in 0..50 {
        assert_eq!(value(&next(&mut echoes, "the echo").await), number);
    }
    at.moved(&mut events).await;
}

/// The WebSocket takes its time; meanwhile polling carries everything, and the order survives the move.
async fn a_slow_upgrade(at: Setting) {
    let (proxy, manager) = through(at);
    proxy.door(Door::Slow(Duration::from_millis(300)));
    let mut events = manager.events();
    let socket = manager.socket("/");
    let mut echoes = socket.on("echo");
    join(&socket).await;
    let mut number = 0_u32;
    let mut upgraded = at.transports != Transports::Upgrade;
    let mut after = 0;
    while after < 20 {
        socket.emit("echo", &number).unwrap();
        assert_eq!(value(&next(&mut echoes, "the echo").await), number);
        number += 1;
        after += u32::from(upgraded);
        while let Some(Some(event)) = futures_util::FutureExt::now_or_never(events.next()) {
            upgraded |= matches!(event, ManagerEvent::Upgrade(_));
        }
    }
    quiet(&socket, &socket, &mut echoes).await;
}

/// Refused or met with silence: the connection stays on polling and loses nothing (F051).
async fn no_websocket_gets_through(at: Setting) {
    if at.transports != Transports::Upgrade {
        return;
    }
    for door in [Door::Refused, Door::Silent] {
        let proxy = Proxy::start(at.server.shared_port());
        proxy.door(door);
        let builder = at.builder_to(&proxy.url());
        let manager = builder.config(|it| it.upgrade_timeout = Duration::from_millis(200)).build().unwrap();
        let mut events = manager.events();
        let socket = manager.socket("/");
        let mut echoes = socket.on("echo");
        for number in 0..100 {
            socket.emit("echo", &number).unwrap();
        }
        join(&socket).await;
        until_event(&mut events, "the failed upgrade", |it| {
            matches!(it, ManagerEvent::UpgradeError(_)).then_some(())
        })
        .await;
        socket.emit("echo", &100).unwrap();
        for number in 0..=100 {
            assert_eq!(value(&next(&mut echoes, "the echo").await), number);
        }
        assert_eq!(ask(&socket, "whoami", &()).await["transport"], "polling");
        assert_eq!(manager.counters().reconnects, 0);
    }
}

/// Nothing moves and nobody says so: the heartbeat notices (P-40).
async fn swallowed(at: Setting) {
    let heartbeat = Some((Duration::from_millis(700), Duration::from_millis(700)));
    let server = Server::start(at.server, Options { heartbeat, ..Options::default() }).await;
    let proxy = Proxy::start(server.port());
    let manager = at.builder_to(&proxy.url()).build().unwrap();
    let mut events = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    at.moved(&mut events).await;
    // Alive as long as something moves.
    for _ in 0..3 {
        until_event(&mut events, "a heartbeat", |it| matches!(it, ManagerEvent::Ping).then_some(())).await;
    }
    let mut lifecycle = socket.lifecycle();
    proxy.black_hole(true);
    assert_eq!(left(&mut lifecycle).await, DisconnectReason::PingTimeout);
    proxy.black_hole(false);
    joined(&mut lifecycle).await;
    assert_eq!(ask(&socket, "echo", "back").await, "back");
}

/// Between two words.
async fn ended_from_outside(at: Setting) {
    let (proxy, manager) = through(at);
    let socket = manager.socket("/");
    join(&socket).await;
    let mut lifecycle = socket.lifecycle();
    for ending in [Ending::Cut, Ending::Reset, Ending::HalfClosed] {
        // A connection that is cut between two requests, or while it probes, is replaced without harm.
        let reason = within("the disconnect", async {
            loop {
                proxy.end(ending);
                let moment = Duration::from_millis(100);
                if let Some(reason) = for_a_while(moment, left(&mut lifecycle)).await {
                    break reason;
                }
            }
        })
        .await;
        assert!(
            matches!(reason, DisconnectReason::TransportClose | DisconnectReason::TransportError),
            "{ending:?}: {reason:?}"
        );
        joined(&mut lifecycle).await;
        assert_eq!(ask(&socket, "echo", "back").await, "back");
    }
}
