//! What the driver says to `tracing`: what it does, and nothing that is a secret or the application's (F122).

use std::{
    io,
    sync::{Arc, Mutex},
};

use serde_json::json;
use tokio::runtime::Builder;
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

use crate::{
    place,
    setting::{Setting, ask, join},
};

/// While there is one subscriber only, `tracing` lets the thread that comes by first decide for all whether an event
/// is of interest, and the threads of other stories are not interested: so there is a second one, which hears nothing.
#[test]
fn what_is_logged() {
    let log = Log::default();
    let subscriber =
        || tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(log.clone()).finish();
    let _second = tracing::Dispatch::new(subscriber());
    let _listening = tracing::subscriber::set_default(subscriber());

    let polling = logged(place::node_4_8_4().polling(), &log);
    for word in ["GET", "POST", "polled", "posted", "let go"] {
        assert!(polling.contains(word), "{word} is missing:\n{polling}");
    }
    let upgrade = logged(place::rust().upgrade(), &log);
    for word in ["GET", "open a WebSocket", "WebSocket is open", "received", "sent"] {
        assert!(upgrade.contains(word), "{word} is missing:\n{upgrade}");
    }
}

/// What is logged while a client joins with a token and says something, on one thread, which alone is listened to.
fn logged(at: Setting, log: &Log) -> String {
    log.0.lock().unwrap().clear();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let manager = at.builder().config(|it| it.query.push(("key".into(), QUERY.into()))).build().unwrap();
        let mut events = manager.events();
        let socket = manager.socket("/secure");
        socket.set_auth(&json!({ "token": TOKEN })).unwrap();
        join(&socket).await;
        let main = manager.socket("/");
        join(&main).await;
        assert_eq!(ask(&main, "echo", SAID).await, SAID);
        at.moved(&mut events).await;
        let id = socket.id().unwrap();
        drop((socket, main));
        drop(manager);
        while events.next().await.is_some() {}
        let log = log.text();
        for secret in [TOKEN, SAID, QUERY, &id, "sid="] {
            assert!(!log.contains(secret), "{secret} was logged:\n{log}");
        }
    });
    drop(runtime);
    log.text()
}

const TOKEN: &str = "mysecrettoken";
const SAID: &str = "what the application said";
const QUERY: &str = "a-key-in-the-query";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// What came from this crate's driver; libraries below it have their own way.
    fn text(&self) -> String {
        let all = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        all.lines().filter(|line| line.contains("sockeye_native")).collect::<Vec<_>>().join("\n")
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
