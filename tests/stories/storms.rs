//! In a storm connections are reset, cut and half closed at bytes that a seed draws, and the link goes away or falls silent.
//! What was acknowledged has arrived, once, and what has not is reported lost; and the client is there again afterwards.
//!
//! `SOCKEYE_WEATHER=17 cargo test -p sockeye-tests --test stories storms` is another storm. It is not told in browsers: they say
//! a POST once more by themselves when its connection is reset, and nobody can tell.

use futures_util::{FutureExt, Stream, StreamExt};
use sockeye::{AckError, Events, Manager, Message, Socket, SocketOptions};
use sockeye_tests::{Proxy, within};

use crate::setting::{Setting, ask, unique};

stories!(everywhere: nothing_arrives_twice, with_retries_everything_arrives);

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
