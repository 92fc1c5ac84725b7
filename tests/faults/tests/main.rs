//! The native client before every case of the abuse server.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that panics has failed, and says where")]

mod coverage;
mod guards;
mod limits;

use std::sync::LazyLock;

use sockeye_tests::faults::{Case, Client, FILES, Server, judge};
use tokio::{sync::Semaphore, task::JoinSet};

/// A test for each file of cases.
macro_rules! files {
    ($($name:ident),+ $(,)?) => {
        const NAMES: &[&str] = &[$(stringify!($name)),+];
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            withstands(stringify!($name)).await;
        })+
    };
}

files! {
    handshake,
    payload,
    polling,
    websocket,
    upgrade,
    heartbeat,
    packets,
    binary,
    namespaces,
    reconnection,
    edges,
}

#[test]
fn every_file_of_cases_is_tried() {
    let files: Vec<_> = FILES.iter().map(|it| it.0).collect();
    assert_eq!(files, NAMES);
}

async fn withstands(file: &str) {
    let (_, text) = FILES.iter().find(|it| it.0 == file).expect("it is one of the files");
    let mut sittings = JoinSet::new();
    for case in Case::read(text).expect("the cases are in the language") {
        for over in case.over.clone() {
            let case = case.clone();
            sittings.spawn(async move {
                let _turn = TURNS.acquire().await;
                let server = Server::start(&case).await.expect("free ports");
                let program = [env!("CARGO_BIN_EXE_abused").to_owned()];
                let client = Client::start(&program, &server, &case, over).expect("the client starts");
                judge(&case, over, &server, client).await
            });
        }
    }
    let verdicts = sittings.join_all().await;
    let bad: Vec<_> = verdicts.iter().filter(|it| !it.is_good()).map(ToString::to_string).collect();
    assert!(bad.is_empty(), "{} of {}:\n{}", bad.len(), verdicts.len(), bad.join("\n"));
}

/// Clients at once, in all tests together: each is a process of its own, that mostly waits.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(12));
