//! Connection state recovery: what was missed, and what cannot be found again.

use std::time::Duration;

use futures_util::FutureExt;
use serde_json::json;
use sockeye::{Recovery, Socket, SocketOptions};
use sockeye_tests::{Options, Server};

use crate::setting::{Setting, ask, join, joined, left, next, unique, value};

stories!(node_4_8_4: what_was_missed_comes_first, what_was_heard_is_not_said_again, not_found);
stories!(node_4_8_4: without_an_offset, not_asked_for);
stories!(everywhere: a_server_without_it);

/// The events of the outage are there when the connect is (P-104).
async fn what_was_missed_comes_first(at: Setting) {
    let story = Story::begin(at, Duration::from_mins(1), SocketOptions::default()).await;
    let Story { ref socket, ref other, ref room, .. } = story;
    let (mut lifecycle, mut missed) = (socket.lifecycle(), socket.on("missed"));
    ask(other, "publish", &(room, "seen")).await;
    assert_eq!(value(&next(&mut missed, "the one that is seen").await), "seen");
    let id = socket.id().unwrap();

    socket.manager().close_engine();
    left(&mut lifecycle).await;
    for number in 0..5 {
        ask(other, "publish", &(room, number)).await;
    }
    socket.manager().reconnect_now();
    let (again, recovery) = joined(&mut lifecycle).await;
    assert_eq!((again, recovery), (id, Recovery::Recovered));
    assert!(recovery.recovered());
    for number in 0..5 {
        let message = missed.next().now_or_never().flatten().expect("it comes before the connect");
        assert_eq!(value(&message), number);
    }
    // The server knows the rooms again.
    let state = ask(socket, "state", &()).await;
    assert_eq!((&state["recovered"], &state["rooms"]), (&json!(true), &json!([room])));
    ask(other, "publish", &(room, "after")).await;
    assert_eq!(value(&next(&mut missed, "the one after").await), "after");
}

/// Those of one millisecond have offsets that differ by a counter in base 64 (P-102).
async fn what_was_heard_is_not_said_again(at: Setting) {
    let story = Story::begin(at, Duration::from_mins(1), SocketOptions::default()).await;
    let Story { ref socket, ref other, ref room, .. } = story;
    let (mut lifecycle, mut missed) = (socket.lifecycle(), socket.on("missed"));
    for number in 0..MANY {
        other.emit("publish", &(room, number)).unwrap();
    }
    for number in 0..MANY {
        assert_eq!(value(&next(&mut missed, "one of many").await), number);
    }
    socket.manager().close_engine();
    left(&mut lifecycle).await;
    ask(other, "publish", &(room, "after")).await;
    socket.manager().reconnect_now();
    assert_eq!(joined(&mut lifecycle).await.1, Recovery::Recovered);
    assert_eq!(value(&next(&mut missed, "the one after").await), "after");
}

async fn not_found(at: Setting) {
    let mut story = Story::begin(at, Duration::from_mins(1), SocketOptions::default()).await;
    let (mut lifecycle, mut missed) = (story.socket.lifecycle(), story.socket.on("missed"));
    ask(&story.other, "publish", &(&story.room, "seen")).await;
    next(&mut missed, "the one that is seen").await;
    // Its memory goes with it.
    story.server.restart().await;
    left(&mut lifecycle).await;
    story.socket.manager().reconnect_now();
    let (id, recovery) = joined(&mut lifecycle).await;
    assert_eq!(recovery, Recovery::NotFound);
    assert_ne!(id, story.id);
    assert_eq!(ask(&story.socket, "state", &()).await["rooms"], json!([]));
}

/// The server cannot know what was missed by one that never heard anything (P-105).
async fn without_an_offset(at: Setting) {
    let story = Story::begin(at, Duration::from_mins(1), SocketOptions::default()).await;
    let (id, recovery, _) = story.lose_and_find(false).await;
    assert_eq!(recovery, Recovery::NoOffset);
    assert_ne!(id, story.id);
}

async fn not_asked_for(at: Setting) {
    let options = SocketOptions { recovery: false, ..SocketOptions::default() };
    let story = Story::begin(at, Duration::from_mins(1), options).await;
    let (id, recovery, missed) = story.lose_and_find(true).await;
    assert_eq!((recovery, missed), (Recovery::Disabled, 0));
    assert_ne!(id, story.id);
}

async fn a_server_without_it(at: Setting) {
    let socket = at.join("/recovery").await;
    let mut lifecycle = socket.lifecycle();
    socket.manager().close_engine();
    left(&mut lifecycle).await;
    assert_eq!(joined(&mut lifecycle).await.1, Recovery::Disabled);
    assert_eq!(ask(&socket, "state", &()).await["recovered"], false);
}

/// One who will be lost, another who goes on speaking, and the server that may remember.
struct Story {
    socket: Socket,
    other: Socket,
    room: String,
    id: String,
    server: Server,
}

impl Story {
    async fn begin(at: Setting, recovery: Duration, options: SocketOptions) -> Self {
        let server =
            Server::start(at.server, Options { recovery: Some(recovery), ..Options::default() }).await;
        // Lost until the story says so.
        let builder = at.builder_to(&server.url()).config(|it| {
            it.reconnection_delay = Duration::from_mins(10);
            it.reconnection_delay_max = Duration::from_mins(10);
        });
        let socket = builder.build().unwrap().socket_with("/recovery", options);
        let other = at.builder_to(&server.url()).build().unwrap().socket("/recovery");
        join(&socket).await;
        join(&other).await;
        let room = unique("room");
        ask(&socket, "join", &room).await;
        let id = socket.id().unwrap();
        Self { socket, other, room, id, server }
    }

    /// What it is after an outage, how it came back, and how much it got of one event that it missed.
    async fn lose_and_find(&self, heard_before: bool) -> (String, Recovery, usize) {
        let (mut lifecycle, mut missed) = (self.socket.lifecycle(), self.socket.on("missed"));
        if heard_before {
            ask(&self.other, "publish", &(&self.room, "seen")).await;
            next(&mut missed, "the one that is seen").await;
        }
        self.socket.manager().close_engine();
        left(&mut lifecycle).await;
        ask(&self.other, "publish", &(&self.room, "missed")).await;
        self.socket.manager().reconnect_now();
        let (id, recovery) = joined(&mut lifecycle).await;
        ask(&self.socket, "state", &()).await;
        let mut count = 0;
        while let Some(Some(_)) = missed.next().now_or_never() {
            count += 1;
        }
        (id, recovery, count)
    }
}

/// Of which a server says dozens in a millisecond.
const MANY: usize = 300;
