//! Who waits to be joined is told when the attempt ends otherwise.

use sockeye_core::{ConnectError, Transport};

use super::{
    direct,
    server::{HANDSHAKE, Reply, Server, answer, ok},
    within,
};
use crate::{Manager, ManagerBuilder};

/// Before a server that opens sessions, and answers all else so: the CONNECT, and the poll for what comes of it.
async fn before(post: fn() -> Reply, poll: fn() -> Reply) -> (Server, Manager) {
    let server = Server::start(move |seen| match &seen.head {
        head if head.starts_with("POST") => post(),
        head if head.contains("sid=") => poll(),
        _ => ok(HANDSHAKE),
    })
    .await;
    let manager = ManagerBuilder::new(&server.origin())
        .unwrap()
        .net(|net| *net = direct())
        .config(|config| config.transports = vec![Transport::Polling])
        .build()
        .unwrap();
    (server, manager)
}

#[tokio::test]
async fn that_the_connection_is_lost() {
    // F014: without affinity each second request meets a node that knows nothing of the session.
    let unknown = || answer("400 Bad Request", "", r#"{"code":1,"message":"Session ID unknown"}"#);
    let (_server, manager) = before(unknown, || Reply::Hang(Vec::new())).await;
    let error = within(manager.socket("/").connect()).await.unwrap_err();
    assert!(matches!(error, ConnectError::Http { status: 400, code: Some(1), .. }), "{error:?}");
    assert!(error.to_string().contains("sticky sessions"), "{error}");
}

#[tokio::test]
async fn that_the_server_sends_us_away() {
    let (_server, manager) = before(|| ok("ok"), || ok("41")).await;
    let other = manager.socket("/other");
    drop(other.connect());
    // The connection stays, for the other.
    let error = within(manager.socket("/").connect()).await.unwrap_err();
    assert!(matches!(error, ConnectError::Closed), "{error:?}");
}
