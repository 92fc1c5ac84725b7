//! Listeners: by name, to everything, to what leaves; streams, futures and callbacks.

use futures_util::{FutureExt, StreamExt};
use serde_json::json;
use sockeye_tests::within;
use tokio::sync::mpsc;

use crate::setting::{Setting, ask, join, next, value};

stories!(everywhere: everything_that_comes, everything_that_leaves, once_and_off, callbacks_in_order, a_late_listener);
#[cfg(not(target_arch = "wasm32"))]
stories!(everywhere: a_panicking_callback);

async fn everything_that_comes(at: Setting) {
    let socket = at.client().await;
    let (mut any, mut echoes) = (socket.on_any(), socket.on("echo"));
    socket.emit("echo", "one").unwrap();
    socket.emit("private", &()).unwrap();
    socket.emit("echo", "two").unwrap();
    for (name, text) in [("echo", "one"), ("private", "Only you get this"), ("echo", "two")] {
        // Other stories speak to all; they say neither of these.
        let message = loop {
            let message = next(&mut any, name).await;
            if ["echo", "private"].contains(&&*message.event()) {
                break message;
            }
        };
        assert_eq!((&*message.event(), value(&message)), (name, json!(text)));
    }
    assert_eq!(value(&next(&mut echoes, "one").await), "one");
    assert_eq!(value(&next(&mut echoes, "two").await), "two");
}

async fn everything_that_leaves(at: Setting) {
    let manager = at.manager();
    let socket = manager.socket("/");
    let mut leaving = socket.on_any_outgoing();
    socket.emit("echo", "waits").unwrap();
    tokio::task::yield_now().await;
    // Not when it is emitted, but when it leaves.
    assert!(leaving.next().now_or_never().is_none());
    join(&socket).await;
    assert_eq!(value(&next(&mut leaving, "what waited").await), "waits");
    let answer = ask(&socket, "client-message", "asks").await;
    assert_eq!(answer, json!({"received": "asks"}));
    let message = next(&mut leaving, "the question").await;
    assert_eq!((&*message.event(), message.wants_ack()), ("client-message", false));
    // The end of listening is the end of reporting.
    drop(leaving);
    assert_eq!(ask(&socket, "echo", 1.5_f64.to_string().as_str()).await, "1.5");
}

async fn once_and_off(at: Setting) {
    let socket = at.client().await;
    let (once, mut all, dropped) = (socket.once("echo"), socket.on("echo"), socket.on("echo"));
    drop(dropped);
    for number in 0..3 {
        socket.emit("echo", &number).unwrap();
    }
    assert_eq!(value(&within("the first", once).await.unwrap()), 0);
    for number in 0..3 {
        assert_eq!(value(&next(&mut all, "each").await), number);
    }
    // A listener is a stream like any other.
    let second = socket.on("echo").filter_map(|it| async move { it.data::<u8>().ok().filter(|it| *it > 4) });
    let mut second = Box::pin(second);
    for number in 3..6 {
        socket.emit("echo", &number).unwrap();
    }
    assert_eq!(next(&mut second, "the one above four").await, 5);
}

async fn callbacks_in_order(at: Setting) {
    let socket = at.client().await;
    let (send, mut receive) = mpsc::unbounded_channel();
    let subscription = socket.on_each("echo", move |message| {
        let _ = send.send(message.data::<u32>().unwrap());
    });
    for number in 0..500_u32 {
        socket.emit("echo", &number).unwrap();
    }
    for number in 0..500 {
        assert_eq!(within("the callback", receive.recv()).await, Some(number));
    }
    drop(subscription);
    // The callback is gone, and its end of the channel with it.
    assert_eq!(within("the end of the callback", receive.recv()).await, None);
    assert_eq!(ask(&socket, "echo", "on").await, "on");
}

/// It ends itself and nobody else. In a page a panic ends the whole program.
#[cfg(not(target_arch = "wasm32"))]
async fn a_panicking_callback(at: Setting) {
    let socket = at.client().await;
    let (send, mut receive) = mpsc::unbounded_channel();
    let mut stream = socket.on("echo");
    let panicking =
        socket.on_each("echo", |message| assert!(value(&message) != "two", "on purpose: a story's callback"));
    let healthy = socket.on_each("echo", move |message| drop(send.send(value(&message))));
    for text in ["one", "two", "three"] {
        socket.emit("echo", text).unwrap();
    }
    for text in ["one", "two", "three"] {
        assert_eq!(value(&next(&mut stream, text).await), text);
        assert_eq!(within(text, receive.recv()).await.unwrap(), text);
    }
    assert_eq!(ask(&socket, "echo", "four").await, "four");
    drop((panicking, healthy));
}

/// Who listens later hears what comes later.
async fn a_late_listener(at: Setting) {
    let socket = at.client().await;
    assert_eq!(ask(&socket, "echo", "early").await, "early");
    let mut late = socket.on("echo");
    socket.emit("echo", "late").unwrap();
    assert_eq!(value(&next(&mut late, "the later one").await), "late");
}
