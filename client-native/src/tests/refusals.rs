//! Statuses that are not success, for polling and in place of a 101 (F034, F041).

use std::time::Duration;

use sockeye_core::IoErrorKind;

use super::{
    Client, direct, error, kind, refusal,
    server::{Reply, Server, answer, ok},
};
use crate::options::NetOptions;

#[tokio::test]
async fn status_body_and_wait_arrive_whoever_asked() {
    for status in [
        "400 Bad Request",
        "401 Unauthorized",
        "403 Forbidden",
        "404 Not Found",
        "407 Proxy",
        "426 Upgrade",
        "429 Too Many Requests",
        "500 Oops",
        "503 Busy",
    ] {
        let server = Server::start(move |_| {
            answer(status, "Retry-After: 7\r\n", r#"{"code":1,"message":"Session ID unknown"}"#)
        })
        .await;
        let client = Client::new(&server.origin(), &direct());
        for refusal in [
            refusal(client.get("/").await),
            refusal(client.post("/", "x").await),
            refusal(client.open("/").await),
        ] {
            assert!(status.starts_with(&refusal.status.to_string()));
            assert_eq!(refusal.body, r#"{"code":1,"message":"Session ID unknown"}"#);
            assert_eq!(refusal.retry_after, Some(Duration::from_secs(7)));
        }
    }
}

#[tokio::test]
async fn of_a_long_body_the_start_is_kept() {
    let server = Server::start(|_| answer("502 Bad Gateway", "", "é".repeat(1 << 20))).await;
    let client = Client::new(&server.origin(), &direct());
    for refusal in [refusal(client.get("/").await), refusal(client.open("/").await)] {
        assert_eq!(refusal.body, "é".repeat(512));
    }
}

#[tokio::test]
async fn a_body_that_comes_late_is_waited_for() {
    let server = Server::start(|_| {
        Reply::Close(
            b"HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n".into(),
        )
    })
    .await;
    let client = Client::new(&server.origin(), &direct());
    assert_eq!(refusal(client.open("/").await).body, "no");
}

#[tokio::test]
async fn success_without_upgrade_is_a_refusal() {
    let server = Server::start(|_| ok("<html>")).await;
    let client = Client::new(&server.origin(), &direct());
    let refusal = refusal(client.open("/").await);
    assert_eq!((refusal.status, &*refusal.body), (200, "<html>"));
}

#[tokio::test]
async fn a_101_that_is_not_to_this_request_breaks_the_protocol() {
    for (headers, words) in [
        ("Upgrade: websocket\r\nConnection: Upgrade\r\n", "not to this request"),
        (
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n",
            "not to this request",
        ),
        ("Upgrade: h2c\r\nConnection: Upgrade\r\n", "something else"),
        ("Upgrade: websocket\r\n", "does not upgrade"),
    ] {
        let server =
            Server::start(move |_| Reply::Hang(format!("HTTP/1.1 101 Yes\r\n{headers}\r\n").into_bytes()))
                .await;
        let client = Client::new(&server.origin(), &direct());
        let error = error(client.open("/").await);
        assert_eq!(error.kind, IoErrorKind::Protocol);
        assert!(error.message.contains(words), "{error:?}");
    }
}

#[tokio::test]
async fn what_was_not_offered_breaks_the_protocol() {
    for headers in [
        "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol: a\r\n",
        "Sec-WebSocket-Protocol: other\r\n",
        "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b\r\n",
        "",
    ] {
        let server = Server::start(move |_| Reply::Socket(headers, Vec::new())).await;
        let subprotocols = vec![String::from("a"), String::from("b")];
        let client = Client::new(&server.origin(), &NetOptions { subprotocols, ..direct() });
        assert_eq!(kind(client.open("/").await), IoErrorKind::Protocol, "{headers:?}");
    }
}

#[tokio::test]
async fn a_subprotocol_that_was_offered_is_taken() {
    let server = Server::start(|_| Reply::Socket("Sec-WebSocket-Protocol: b\r\n", Vec::new())).await;
    let subprotocols = vec![String::from("a"), String::from("b")];
    let client = Client::new(&server.origin(), &NetOptions { subprotocols, ..direct() });
    client.open("/").await.map(drop).unwrap();
    assert_eq!(server.seen()[0].header("sec-websocket-protocol"), Some("a, b"));
}

#[tokio::test]
async fn a_connection_lost_in_the_handshake_is_lost() {
    for reply in [b"".as_slice(), b"HTTP/1.1 101 Swi"] {
        let server = Server::start(move |_| Reply::Close(reply.to_vec())).await;
        let client = Client::new(&server.origin(), &direct());
        assert_eq!(kind(client.open("/").await), IoErrorKind::Connect);
        assert_eq!(kind(client.get("/").await), IoErrorKind::Connect);
    }
}
