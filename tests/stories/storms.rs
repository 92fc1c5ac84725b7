//! In a storm connections are reset, cut and half closed at bytes that a seed draws, and the link goes away or falls silent.
//! What was acknowledged has arrived, once, and what has not is reported lost; and the client is there again afterwards.
//!
//! `SOCKEYE_WEATHER=17 cargo test -p sockeye-tests --test stories storms` is another storm. It is not told in browsers: they say
//! a POST once more by themselves when its connection is reset, and nobody can tell.

use std::time::Duration;

use futures_util::{FutureExt, Stream, StreamExt};
use sockeye::{AckError, Events, Lifecycle, Manager, Message, Recovery, Socket, SocketOptions};
use sockeye_tests::{Options, Proxy, Server, within};

use crate::setting::{Setting, ask, join, next, unique};

stories!(everywhere: nothing_arrives_twice, with_retries_everything_arrives);
stories!(node_4_8_4: what_was_missed_is_found_once);

/// Without retries an event is sent once at the most, whatever becomes of its connection.
async fn nothing_arrives_twice(at: Setting) {
    let mut story = Story::begin(at, SocketOptions::default()).await;
    let results = story.tell_all().await;
    let heard = story.end().await;
    for (number, result) in results.into_iter().enumerate() {
        let times = heard.iter().filter(|it| **it == number).count();
        match result {
            Ok(()) => assert_eq!(times, 1, "{number} was acknowledged"),
            Err(AckError::Disconnected) => assert!(times <= 1, "{number} arrived {times} times"),
            Err(error) => panic!("{number}: {error}"),
        }
    }
}

/// With retries it is sent until it is acknowledged, and before any later one.
async fn with_retries_everything_arrives(at: Setting) {
    let options = SocketOptions { retries: 1_000, ..SocketOptions::default() };
    let mut story = Story::begin(at, options).await;
    let results = story.tell_all().await;
    let mut heard = story.end().await;
    assert!(heard.is_sorted(), "{heard:?}");
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    heard.dedup();
    assert!(heard.into_iter().eq(0..results.len()));
}

/// Connection state recovery: what was said to one who was away is there when it is back, in order and once (P-104).
async fn what_was_missed_is_found_once(at: Setting) {
    let recovery = Some(Duration::from_mins(1));
    let server = Server::start(at.server, Options { recovery, ..Options::default() }).await;
    let proxy = Proxy::start(server.port());
    let manager = at.builder_to(&proxy.url()).build().unwrap();
    let socket = manager.socket("/recovery");
    let other = at.builder_to(&server.url()).build().unwrap().socket("/recovery");
    join(&other).await;
    join(&socket).await;
    let (room, mut missed, mut lifecycle) = (unique("storm"), socket.on("missed"), socket.lifecycle());
    ask(&socket, "join", &room).await;
    let (mut said, mut heard, mut recovered, mut lost) = (0, Vec::new(), 0, false);
    while recovered < 2 {
        for _ in 0..5 {
            ask(&other, "publish", &(&room, said, padding(said))).await;
            said += 1;
            socket.volatile().emit("noise", &padding(said)).unwrap();
        }
        while heard.last() != Some(&(said - 1)) {
            let connect = tokio::select! {
                message = next(&mut missed, "what was said") => {
                    heard.push(number_of(&message));
                    continue;
                }
                event = lifecycle.next() => event.unwrap(),
            };
            match connect {
                Lifecycle::Connect { recovery: Recovery::Recovered, .. } => recovered += 1,
                // It was back before the server knew that it had gone, and is in no room.
                Lifecycle::Connect { recovery, .. } => {
                    assert_eq!(recovery, Recovery::NotFound);
                    lost = true;
                    let again =
                        async { while socket.emit_with_ack("join", &room).unwrap().await.is_err() {} };
                    within("the room to be joined again", again).await;
                    break;
                }
                _ => {}
            }
        }
        if said == 5 {
            // What stands is spared, but not what follows it.
            proxy.storm(true);
            manager.close_engine();
        }
    }
    assert!(heard.is_sorted_by(|one, other| one < other), "{heard:?}");
    assert!(lost || heard.len() == heard.last().unwrap() + 1, "{heard:?}");
}

/// One in a storm, who speaks to another who is in none.
struct Story {
    proxy: Proxy,
    manager: Manager,
    socket: Socket,
    witness: Socket,
    heard: Events<Message>,
    room: String,
}

impl Story {
    async fn begin(at: Setting, options: SocketOptions) -> Self {
        let witness = at.join("/recovery").await;
        let (room, heard) = (unique("storm"), witness.on("missed"));
        ask(&witness, "join", &room).await;
        let proxy = Proxy::start(at.server.shared_port());
        proxy.storm(true);
        let manager = at.builder_to(&proxy.url()).build().unwrap();
        let socket = manager.socket_with("/recovery", options);
        // It may fail: others follow.
        let _ = within("the end of the first attempt", socket.connect()).await;
        Self { proxy, manager, socket, witness, heard, room }
    }

    /// Tells one thing after the other until the connection was lost twice, and then what became of each.
    async fn tell_all(&mut self) -> Vec<Result<(), AckError>> {
        let mut results = Vec::new();
        while self.manager.counters().reconnects < 2 {
            let from = results.len();
            let acks: Vec<_> = (from..from + 5).map(|it| self.tell(it)).collect();
            for ack in acks {
                results.push(within("an answer, or that there will be none", ack).await.map(drop));
            }
        }
        results
    }

    /// The storm ends, and the client is there: what the other has heard, in order.
    async fn end(&mut self) -> Vec<usize> {
        self.proxy.storm(false);
        let there = async { while self.tell(END).await.is_err() {} };
        within("an answer after the storm", there).await;
        assert!(self.socket.connected());
        // Both have been asked since, and the server keeps its order.
        ask(&self.witness, "state", &()).await;
        all(&mut self.heard).iter().map(number_of).filter(|it| *it != END).collect()
    }

    fn tell(&self, number: usize) -> sockeye::Ack {
        self.socket.emit_with_ack("publish", &(&self.room, number, padding(number))).unwrap()
    }
}

/// So that strokes meet words of every length.
fn padding(number: usize) -> String {
    "x".repeat(number.wrapping_mul(97) % 700)
}

fn number_of(message: &Message) -> usize {
    message.data::<(usize, &str)>().unwrap().0
}

/// What is there without waiting.
fn all<T>(events: &mut (impl Stream<Item = T> + Unpin)) -> Vec<T> {
    std::iter::from_fn(|| events.next().now_or_never().flatten()).collect()
}

/// The number of the last word.
const END: usize = 1 << 40;
