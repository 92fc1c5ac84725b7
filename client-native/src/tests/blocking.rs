//! The front for programs without `async`: what it leaves behind, and what it does where there is `async` after all.

use std::time::Instant;

use sockeye_core::{
    Transport,
    handle::{INBOX_EVENTS, SLOW_LISTENER_GRACE},
};
use tokio::sync::oneshot;

use super::{
    direct,
    server::{HANDSHAKE, JOINED, Reply, SOON, Server, frame},
    within,
};
use crate::{BuildError, ManagerBuilder, blocking::Manager};

fn builder(origin: &str, transport: Transport) -> ManagerBuilder {
    let builder = ManagerBuilder::new(origin).unwrap().net(|net| *net = direct());
    builder.config(|config| config.transports = vec![transport])
}

/// Everything that was posted, in order.
fn posted(server: &Server) -> Vec<String> {
    let posts = server.seen().into_iter().filter(|seen| seen.head.starts_with("POST"));
    posts.map(|seen| String::from_utf8(seen.body).unwrap()).collect()
}

/// Joins, says one thing, and is dropped.
fn last_words(origin: &str) {
    let manager = Manager::build(builder(origin, Transport::Polling)).unwrap();
    let socket = manager.socket("/");
    socket.connect(SOON).unwrap();
    socket.emit("last", "words").unwrap();
}

/// What is posted then: at the end the goodbyes to the namespace and to the connection.
const LAST_WORDS: [&str; 4] = ["40", r#"42["last","words"]"#, "41", "1"];

#[tokio::test]
async fn a_program_may_end_once_the_last_handle_is_dropped() {
    let server = Server::doorman().await;
    let origin = server.origin();
    let (tell, dropped) = oneshot::channel();
    std::thread::spawn(move || {
        last_words(&origin);
        tell.send(()).unwrap();
    });
    within(dropped).await.unwrap();
    assert_eq!(posted(&server), LAST_WORDS);
}

/// It has a runtime around it, though it may block.
#[tokio::test]
async fn what_was_said_last_arrives_from_a_thread_of_a_runtime_too() {
    let server = Server::doorman().await;
    let origin = server.origin();
    within(tokio::task::spawn_blocking(move || last_words(&origin))).await.unwrap();
    let arrived = async {
        while posted(&server) != LAST_WORDS {
            tokio::task::yield_now().await;
        }
    };
    within(arrived).await;
}

#[tokio::test]
async fn an_option_that_is_not_taken_is_said_inside_a_runtime_too() {
    let wrong = ManagerBuilder::new("http://localhost").unwrap();
    let wrong = wrong.net(|net| net.headers.push((String::from("Connection"), String::from("close"))));
    assert!(matches!(Manager::build(wrong), Err(BuildError::Options(_))));
}

#[tokio::test]
#[should_panic(expected = "within a runtime")]
async fn waiting_in_async_code_panics() {
    Manager::build(builder("http://127.0.0.1", Transport::Polling)).unwrap().drain(SOON);
}

/// More happens to the connection than a listener's queue holds (F117). The fastest of some tries counts: on a busy
/// computer each may take a while.
#[tokio::test]
async fn events_that_nobody_asked_for_hold_up_nobody() {
    let mut frames = [HANDSHAKE, JOINED].map(|text| frame(0x81, text.as_bytes())).concat();
    frames.extend(frame(0x81, b"2").repeat(2 * INBOX_EVENTS));
    frames.extend(frame(0x81, br#"42["done"]"#));
    let server = Server::start(move |_| Reply::Socket("", frames.clone())).await;
    let origin = server.origin();
    let is_held_up = move || {
        let manager = Manager::build(builder(&origin, Transport::WebSocket)).unwrap();
        let socket = manager.socket("/");
        let mut done = socket.on("done");
        let start = Instant::now();
        socket.connect(SOON).unwrap();
        done.next(SOON).unwrap();
        start.elapsed() >= SLOW_LISTENER_GRACE
    };
    let always = within(tokio::task::spawn_blocking(move || (0..5).all(|_| is_held_up()))).await.unwrap();
    assert!(!always);
}
