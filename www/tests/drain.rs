//! A program that drains its connection may end right after: the server knows that it left.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::time::Duration;

use sockeye_native::{ManagerBuilder, ManagerEvent, Transport};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use www::{Server, ServerConfig};

const DEADLINE: Duration = Duration::from_secs(5);

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Joins, drains, and takes the runtime down at once, as a program's end does. Gives the id it had.
fn visit(url: &str, transports: &[Transport]) -> String {
    runtime().block_on(async {
        let builder = ManagerBuilder::new(url).unwrap();
        let manager = builder.config(|config| config.transports = transports.to_vec()).build().unwrap();
        let mut events = manager.events();
        let socket = manager.socket("/");
        timeout(DEADLINE, socket.connect()).await.unwrap().unwrap();
        let id = socket.id().unwrap();
        // In the middle of an upgrade this server may note the end of the probe before the goodbye.
        while transports.len() > 1
            && !matches!(timeout(DEADLINE, events.next()).await.unwrap(), Some(ManagerEvent::Upgrade(_)))
        {
        }
        assert!(timeout(DEADLINE, manager.drain(DEADLINE)).await.unwrap());
        id
    })
}

#[test]
fn the_server_is_told_before_a_drain_is_over() {
    let outside = runtime();
    let server = outside.block_on(Server::bind(ServerConfig::default())).unwrap();
    let url = format!("http://{}", server.addr());
    for transports in
        [vec![Transport::Polling], vec![Transport::WebSocket], vec![Transport::Polling, Transport::WebSocket]]
    {
        let id = visit(&url, &transports);
        let seen = outside.block_on(async {
            let socket = sockeye_native::io(&format!("{url}/admin")).unwrap();
            timeout(DEADLINE, socket.connect()).await.unwrap().unwrap();
            let ack = socket.timeout(DEADLINE).emit_with_ack("disconnects", &()).unwrap();
            ack.data::<Vec<serde_json::Value>>().await.unwrap()
        });
        let left =
            seen.iter().find(|it| it["id"] == *id).unwrap_or_else(|| panic!("{transports:?}: {seen:?}"));
        assert_eq!(left["reason"], "client namespace disconnect", "{transports:?}");
    }
    outside.block_on(server.shutdown());
}
