//! The server that people may break: who may break it, and that it breaks and comes back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "another test speaks to the sockets")]
mod support;

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use sockeye_native::{Events, Lifecycle, ManagerBuilder};
use support::{get, post};
use tokio::time::timeout;
use www::{Server, ServerConfig};

const ON_PURPOSE: &str = "x-sockeye-control: 1\r\n";

async fn serving(control: bool) -> Server {
    Server::bind(ServerConfig { control, ..ServerConfig::default() }).await.unwrap()
}

/// The answer to a wish, off the runtime's thread: the socket below goes on meanwhile.
async fn wish(addr: SocketAddr, wish: &'static str) -> Value {
    let answer = tokio::task::spawn_blocking(move || post(addr, &format!("/control/{wish}"), ON_PURPOSE, ""));
    let answer = answer.await.unwrap();
    assert_eq!(answer.status, 200, "{wish}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

async fn until(life: &mut Events<Lifecycle>, wanted: impl Fn(&Lifecycle) -> bool) -> Lifecycle {
    timeout(Duration::from_secs(20), async {
        loop {
            let change = life.next().await.unwrap();
            if wanted(&change) {
                return change;
            }
        }
    })
    .await
    .expect("it came in time")
}

#[tokio::test]
async fn it_is_off_unless_it_is_asked_for() {
    let server = serving(false).await;
    assert_eq!(get(server.addr(), "/control", "").status, 404);
    assert_eq!(post(server.addr(), "/control/start", ON_PURPOSE, "").status, 404);
    server.shutdown().await;
}

#[tokio::test]
async fn only_pages_of_this_machine_and_of_this_origin_reach_it() {
    let server = serving(true).await;
    let addr = server.addr();
    assert_eq!(get(addr, "/control", "").status, 200);
    assert_eq!(post(addr, "/control/start", "", "").status, 403, "as a form of another page would send it");
    let preflight = "origin: http://elsewhere.example\r\naccess-control-request-method: POST\r\n\
                     access-control-request-headers: x-sockeye-control\r\n";
    let answer = support::options(addr, "/control/start", preflight);
    assert!(!answer.head.contains("access-control-allow"), "{}", answer.head);
    for name in ["evil.example", "evil.example:3000", "127.0.0.1.evil.example"] {
        assert_eq!(support::get_as(name, addr, "/control").status, 403, "{name}");
    }
    assert_eq!(support::get_as("[::1]:3000", addr, "/control").status, 200);
    assert_eq!(post(addr, "/control/explode", ON_PURPOSE, "").status, 404);
    assert_eq!(post(addr, "/control/cut", ON_PURPOSE, "").status, 404, "there is nothing to cut yet");
    server.shutdown().await;
}

#[tokio::test]
async fn it_breaks_and_comes_back() {
    let server = serving(true).await;
    let addr = server.addr();
    let started = wish(addr, "start").await;
    assert_eq!((&started["server"], &started["line"]), (&"up".into(), &"open".into()));
    let url = started["url"].as_str().unwrap();

    let delay = |config: &mut sockeye_native::Config| config.reconnection_delay = Duration::from_millis(100);
    let manager = ManagerBuilder::new(url).unwrap().config(delay).build().unwrap();
    let socket = manager.socket("/");
    let mut life = socket.lifecycle();
    socket.connect().await.unwrap();
    until(&mut life, |it| matches!(it, Lifecycle::Connect { .. })).await;

    // The connection is lost, the server is not.
    wish(addr, "cut").await;
    until(&mut life, |it| matches!(it, Lifecycle::Disconnect { .. })).await;
    until(&mut life, |it| matches!(it, Lifecycle::Connect { .. })).await;

    // The server is gone, and where it was nobody answers.
    assert_eq!(wish(addr, "kill").await["server"], "down");
    until(&mut life, |it| matches!(it, Lifecycle::Disconnect { .. })).await;
    until(&mut life, |it| matches!(it, Lifecycle::ConnectError(_))).await;
    let again = wish(addr, "start").await;
    assert_eq!(again["url"], started["url"], "it is back where it was");
    until(&mut life, |it| matches!(it, Lifecycle::Connect { .. })).await;

    // Shut, and open again.
    assert_eq!(wish(addr, "off").await["line"], "shut");
    until(&mut life, |it| matches!(it, Lifecycle::Disconnect { .. })).await;
    assert_eq!(wish(addr, "on").await["line"], "open");
    until(&mut life, |it| matches!(it, Lifecycle::Connect { .. })).await;

    // Slow, but there.
    assert_eq!(wish(addr, "slow").await["slow"], true);
    let asked = tokio::time::Instant::now();
    socket.timeout(Duration::from_secs(10)).emit_with_ack("echo", "slowly").unwrap().await.unwrap();
    assert!(asked.elapsed() >= Duration::from_millis(1_400), "{:?} both ways", asked.elapsed());
    assert_eq!(wish(addr, "fast").await["slow"], false);

    // Silent: nobody is told, and the heartbeat finds it.
    wish(addr, "silent").await;
    let lost = until(&mut life, |it| matches!(it, Lifecycle::Disconnect { .. })).await;
    let Lifecycle::Disconnect { reason, .. } = lost else { unreachable!("it was one") };
    assert_eq!(reason.to_string(), "ping timeout");
    server.shutdown().await;
}
