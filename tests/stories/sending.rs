//! Sending when it does not go at once: before the connection, in droves, again, or not at all.

use std::time::Duration;

use sockeye::{AckError, EmitError, Overflow, SocketOptions};
use sockeye_tests::{deadline::until, within};

use crate::setting::{Setting, ask, join, next, quiet, says, unique, value};

stories!(everywhere: waits_for_the_connection_in_order, volatile, too_old, again_and_again, one_at_a_time, a_full_buffer, a_buffer_that_drops, reserved_names, volatile_from_the_server);

async fn waits_for_the_connection_in_order(at: Setting) {
    let socket = at.manager().socket("/");
    let mut echoes = socket.on("echo");
    for number in 0..300 {
        socket.emit("echo", &number).unwrap();
    }
    let answer = socket.emit_with_ack("client-message", "early").unwrap();
    assert_eq!(socket.buffered().0, 301);
    join(&socket).await;
    socket.emit("echo", &300).unwrap();
    for number in 0..=300 {
        assert_eq!(value(&next(&mut echoes, "the echo").await), number);
    }
    assert!(within("the answer", answer).await.is_ok());
    assert_eq!(socket.buffered(), (0, 0));
}

/// Dropped where it cannot leave at once, and counted (A-64, F115).
async fn volatile(at: Setting) {
    let socket = at.manager().socket("/");
    let mut echoes = socket.on("echo");
    socket.volatile().emit("echo", "dropped").unwrap();
    let answer = socket.volatile().emit_with_ack("echo", "dropped too").unwrap();
    assert_eq!(within("the end of a dropped question", answer).await, Err(AckError::Dropped));
    assert_eq!(socket.counters().dropped, 2);
    join(&socket).await;
    ask(&socket, "whoami", &()).await;
    // Over polling, what was asked may still be on its way; then this one is dropped as well.
    until("a volatile event to leave", || {
        let before = socket.counters();
        socket.volatile().emit("echo", "sent").unwrap();
        socket.counters().dropped == before.dropped
    })
    .await;
    assert_eq!(value(&next(&mut echoes, "the volatile echo").await), "sent");
}

/// What has waited too long is not sent any more.
async fn too_old(at: Setting) {
    let socket = at.manager().socket("/");
    let mut echoes = socket.on("echo");
    let answer = socket.time_to_live(Duration::from_millis(20)).emit_with_ack("echo", "old").unwrap();
    socket.emit("echo", "patient").unwrap();
    assert_eq!(within("the end of what is too old", answer).await, Err(AckError::Dropped));
    // Also an answer has its time from the call on, and not from the sending.
    let answer = socket.timeout(Duration::from_millis(20)).emit_with_ack("echo", "impatient").unwrap();
    assert_eq!(within("the end of its patience", answer).await, Err(AckError::TimedOut));
    join(&socket).await;
    assert_eq!(value(&next(&mut echoes, "the patient one").await), "patient");
    quiet(&socket, &socket, &mut echoes).await;
}

/// Retries: one more send for each, then the error.
async fn again_and_again(at: Setting) {
    let options = SocketOptions {
        retries: 2,
        ack_timeout: Some(Duration::from_millis(300)),
        ..SocketOptions::default()
    };
    let manager = at.manager();
    let mut events = manager.events();
    let socket = manager.socket_with("/", options);
    let mut leaving = socket.on_any_outgoing();
    join(&socket).await;
    // Nothing leaves while the transport changes, and a try whose time is up then has never left.
    at.moved(&mut events).await;
    let never = socket.emit_with_ack("never-ack", &()).unwrap();
    // The queue moves on after the head was given up (F116).
    let next_one = socket.emit_with_ack("client-message", "next").unwrap();
    assert_eq!(within("the end of all tries", never).await, Err(AckError::TimedOut));
    assert!(within("the answer to the next", next_one).await.is_ok());
    for _ in 0..3 {
        assert_eq!(next(&mut leaving, "each try").await.event(), "never-ack");
    }
    assert_eq!(next(&mut leaving, "the next").await.event(), "client-message");
    assert_eq!(socket.counters().retried, 2);
}

/// With retries only one event is under way, so that order is kept whatever happens.
async fn one_at_a_time(at: Setting) {
    let options =
        SocketOptions { retries: 3, ack_timeout: Some(Duration::from_secs(10)), ..SocketOptions::default() };
    let socket = at.manager().socket_with("/", options);
    let mut echoes = socket.on("echo");
    for number in 0..30 {
        socket.emit("echo", &number).unwrap();
    }
    join(&socket).await;
    for number in 0..30 {
        assert_eq!(value(&next(&mut echoes, "the echo").await), number);
    }
    assert_eq!(socket.counters().retried, 0);
}

/// Beyond its limit the buffer refuses, and says when there is room (F113).
async fn a_full_buffer(at: Setting) {
    let options = SocketOptions { send_buffer_events: 10, ..SocketOptions::default() };
    let socket = at.manager().socket_with("/", options);
    let mut echoes = socket.on("echo");
    for number in 0..10 {
        socket.emit("echo", &number).unwrap();
    }
    assert_eq!(socket.emit("echo", "too many"), Err(EmitError::BufferFull));
    let joining = socket.connect();
    // Everything that is to be sent is sent, at the pace of the network.
    for number in 10..500 {
        within("room in the buffer", async {
            while let Err(error) = socket.emit("echo", &number) {
                assert_eq!(error, EmitError::BufferFull);
                socket.writable().await;
            }
        })
        .await;
    }
    within("the connect", joining).await.unwrap();
    for number in 0..500 {
        assert_eq!(value(&next(&mut echoes, "the echo").await), number);
    }
}

async fn a_buffer_that_drops(at: Setting) {
    let manager = at.manager();
    let with = |overflow| SocketOptions { send_buffer_events: 3, overflow, ..SocketOptions::default() };
    let oldest = manager.socket_with("/", with(Overflow::DropOldest));
    let newest = manager.socket_with("/chat", with(Overflow::DropNewest));
    let (mut echoes, mut messages) = (oldest.on("echo"), newest.on("message"));
    let texts: Vec<String> = (0..5).map(|it| unique(&it.to_string())).collect();
    for text in &texts {
        oldest.emit("echo", text).unwrap();
        newest.emit("message", text).unwrap();
    }
    assert_eq!((oldest.counters().dropped, newest.counters().dropped), (2, 2));
    join(&oldest).await;
    join(&newest).await;
    for text in &texts[2..] {
        assert_eq!(value(&next(&mut echoes, "the newest").await), **text);
    }
    for text in &texts[..3] {
        says(&mut messages, text.clone()).await;
    }
}

async fn reserved_names(at: Setting) {
    let socket = at.client().await;
    for name in ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"] {
        assert_eq!(socket.emit(name, &()), Err(EmitError::Reserved(name.to_owned())));
    }
    // A name like any other, also if JavaScript has plans with it.
    assert_eq!(ask(&socket, "echo", "__proto__").await, "__proto__");
}

/// The server may lose some of these, or all while it has no poll to answer, but not their order.
async fn volatile_from_the_server(at: Setting) {
    let socket = at.settled().await;
    let mut ticks = socket.on("volatile-tick");
    let mut last = 0;
    while last == 0 {
        ask(&socket, "volatile-burst", &100).await;
        ask(&socket, "whoami", &()).await;
        while let Some(Some(tick)) = futures_util::FutureExt::now_or_never(ticks.next()) {
            let number: u32 = tick.data().unwrap();
            assert!(number > last && number <= 100);
            last = number;
        }
    }
}
