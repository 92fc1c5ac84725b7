//! A process that connects and leaves all day is where it was: its memory, its files, its tasks.
//!
//! A program of its own, as the others would be in its figures; the server is a child. `ACKS=1000000` for the long run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that panics has failed, and says where")]

use std::{fs, future::Future, time::Duration};

use futures_util::future::join_all;
use sockeye_native::{Lifecycle, ManagerBuilder, ProxyChoice, Socket, Transport};
use sockeye_tests::{
    Which,
    deadline::{until, within_time},
    memory::status_kib,
    within,
};
use tokio::runtime::{Builder, Handle};

/// One after the other: each is told apart by what the one before left behind.
#[test]
fn nothing_is_left_behind() {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    // The client's own tasks are all that there are: what waits for them is no task.
    runtime.block_on(async {
        let url = Which::Node484.shared();
        for transports in [&[Transport::WebSocket][..], &[Transport::Polling], &[]] {
            stays("comings and goings", 1_000, |rounds| comings_and_goings(&url, transports, rounds)).await;
        }
        stays("reconnects", 1_000, |rounds| reconnects(&url, rounds)).await;
        let acks = std::env::var("ACKS").ok().and_then(|it| it.parse().ok()).unwrap_or(100_000);
        stays("acks", acks, |rounds| acknowledgements(&url, rounds)).await;
    });
}

/// Does it a tenth as often to warm up, then as often as is asked for, and compares.
async fn stays<F: Future<Output = ()>>(what: &str, rounds: usize, go: impl Fn(usize) -> F) {
    within_time(LONG, what, go(rounds / 10)).await;
    tasks_end(what).await;
    let before = State::now();
    within_time(LONG, what, go(rounds)).await;
    tasks_end(what).await;
    until("its files to be closed", || State::now().files <= before.files).await;
    let after = State::now();
    let grown = after.kb.saturating_sub(before.kb);
    assert!(grown < SLACK_KB, "{rounds} {what}: {grown} KiB more, from {before:?} to {after:?}");
}

async fn tasks_end(what: &str) {
    let metrics = Handle::current().metrics();
    until(&format!("the end of every task after {what}"), || metrics.num_alive_tasks() == 0).await;
}

async fn comings_and_goings(url: &str, transports: &[Transport], rounds: usize) {
    for round in 0..rounds {
        let socket = socket(url, transports);
        within("the connection", socket.connect()).await.expect("the server takes everyone");
        socket.emit("nobody-listens", &round).expect("there is room");
        // Every other one goes without a word.
        if round % 2 == 0 {
            socket.disconnect();
        }
    }
}

async fn reconnects(url: &str, rounds: usize) {
    let socket = socket(url, &[Transport::WebSocket]);
    let mut life = socket.lifecycle();
    within("the connection", socket.connect()).await.expect("the server takes everyone");
    for _ in 0..rounds {
        while !matches!(within("the connection", life.next()).await, Some(Lifecycle::Connect { .. })) {}
        socket.manager().close_engine();
        while !matches!(within("the end", life.next()).await, Some(Lifecycle::Disconnect { .. })) {}
        // The delays are for servers that suffer.
        socket.manager().reconnect_now();
    }
}

async fn acknowledgements(url: &str, rounds: usize) {
    let socket = socket(url, &[Transport::WebSocket]);
    within("the connection", socket.connect()).await.expect("the server takes everyone");
    for first in (0..rounds).step_by(AT_ONCE) {
        let asked =
            (first..first + AT_ONCE).map(|it| socket.emit_with_ack("echo", &it).expect("there is room"));
        let answers = within("the answers", join_all(asked.collect::<Vec<_>>())).await;
        assert!(answers.iter().all(Result::is_ok), "each is answered");
    }
}

fn socket(url: &str, transports: &[Transport]) -> Socket {
    let builder = ManagerBuilder::new(url).expect("a good URL").net(|net| net.proxy = ProxyChoice::Direct);
    let builder = builder.config(|config| {
        if !transports.is_empty() {
            config.transports = transports.to_vec();
        }
    });
    builder.socket().expect("good options")
}

/// What the system knows of this process.
#[derive(Debug)]
struct State {
    kb: u64,
    files: usize,
}

impl State {
    fn now() -> Self {
        let kb = status_kib("VmRSS").expect("Linux tells how much memory a process has");
        let files = fs::read_dir("/proc/self/fd").expect("Linux tells which files a process has open");
        Self { kb, files: files.count() }
    }
}

const AT_ONCE: usize = 1_000;

/// What allocators keep for later, and no more: a kilobyte left behind each time would be 1,000 KiB in a thousand.
const SLACK_KB: u64 = 900;

const LONG: Duration = Duration::from_mins(2);
