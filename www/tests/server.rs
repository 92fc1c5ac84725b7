//! The server, spoken to by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[allow(dead_code, reason = "another test asks for more")]
mod support;

use std::io::{ErrorKind, Read};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use serde_json::Value;
use support::{Session, request, request_from, websocket};
use www::{Cors, ServeError, Server, ServerConfig, Transports};

async fn server() -> Server {
    Server::bind(ServerConfig::default()).await.unwrap()
}

#[tokio::test]
async fn handshake_announces_what_was_configured() {
    let config = ServerConfig {
        ping_interval: Duration::from_secs(7),
        ping_timeout: Duration::from_secs(3),
        max_payload: 5000,
        ..ServerConfig::default()
    };
    let server = Server::bind(config).await.unwrap();
    assert!(server.addr().ip().is_loopback());
    let (_, handshake) = Session::open(server.addr());
    assert_eq!(handshake["pingInterval"], 7000);
    assert_eq!(handshake["pingTimeout"], 3000);
    assert_eq!(handshake["maxPayload"], 5000);
    assert_eq!(handshake["upgrades"], serde_json::json!(["websocket"]));
    server.shutdown().await;
}

#[tokio::test]
async fn connects_to_the_main_namespace_and_echoes() {
    let server = server().await;
    let mut session = Session::connected(server.addr());
    session.send(r#"421["echo",1,"two",{"three":[null]}]"#);
    assert_eq!(session.expect("42"), r#"42["echo",1,"two",{"three":[null]}]"#);
    assert_eq!(session.expect("43"), r#"431[1,"two",{"three":[null]}]"#);
    session.send(r#"422["echo"]"#);
    assert_eq!(session.expect("432"), "432[]");
    server.shutdown().await;
}

#[tokio::test]
async fn chat_tells_who_is_here_and_what_is_said() {
    let server = server().await;
    let mut alice = Session::connected(server.addr());
    let mut bob = Session::connected(server.addr());

    alice.send(r#"420["chat-message",{"text":"too early"}]"#);
    assert_eq!(alice.expect("430"), r#"430[{"error":"Not authenticated"}]"#);

    alice.send(r#"421["user-join","Alice"]"#);
    alice.expect("431");
    let list: Value = serde_json::from_str(&bob.expect(r#"42["user-list""#)[2..]).unwrap();
    assert_eq!(list[1][0]["username"], "Alice");
    assert!(list[1][0]["joinedAt"].as_str().unwrap().ends_with('Z'));
    assert!(bob.expect(r#"42["system-message""#).contains("Alice joined the chat"));

    alice.send(r#"422["chat-message",{"text":"Hello everyone!"}]"#);
    let answer: Value = serde_json::from_str(&alice.expect("432")[3..]).unwrap();
    let heard: Value = serde_json::from_str(&bob.expect(r#"42["chat-message""#)[2..]).unwrap();
    assert_eq!(answer[0]["status"], "ok");
    assert_eq!(answer[0]["id"], heard[1]["id"]);
    assert_eq!(heard[1]["user"], "Alice");
    assert_eq!(heard[1]["text"], "Hello everyone!");

    alice.send("41");
    assert_eq!(bob.expect(r#"42["user-list""#), r#"42["user-list",[]]"#);
    assert!(bob.expect(r#"42["system-message""#).contains("Alice left the chat"));
    server.shutdown().await;
}

#[tokio::test]
async fn middleware_refuses_without_the_token() {
    let server = server().await;
    let (mut session, _) = Session::open(server.addr());
    session.send(r#"40/secure,{"token":"wrong"}"#);
    assert_eq!(session.expect("44/secure,"), r#"44/secure,{"message":"Unauthorized"}"#);
    session.send(r#"40/secure,{"token":"secret"}"#);
    session.expect("40/secure,{");
    session.send("40/nowhere,");
    assert_eq!(session.expect("44/nowhere,"), r#"44/nowhere,{"message":"Invalid namespace"}"#);
    server.shutdown().await;
}

#[tokio::test]
async fn a_server_can_be_restarted_on_its_port() {
    let first = server().await;
    let addr = first.addr();
    let session = Session::connected(addr);
    let polling = std::thread::spawn(move || session.poll_to_the_end());
    first.shutdown().await;
    if let Err(error) = polling.join().unwrap() {
        assert_ne!(error.kind(), ErrorKind::WouldBlock, "a poll outlived the server");
    }
    assert!(TcpStream::connect(addr).is_err());

    let config = ServerConfig { port: addr.port(), ..ServerConfig::default() };
    let second = Server::bind(config).await.unwrap();
    assert_eq!(second.addr(), addr);
    let mut session = Session::connected(addr);
    session.send(r#"42["hello","again"]"#);
    session.expect(r#"42["helloResponse""#);
    second.shutdown().await;
}

#[tokio::test]
async fn shutdown_leaves_no_websocket_open() {
    let server = server().await;
    let mut websocket = websocket(server.addr());
    server.shutdown().await;
    let mut rest = Vec::new();
    if let Err(error) = websocket.read_to_end(&mut rest) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }
}

#[tokio::test]
async fn a_taken_port_is_said_to_be_taken() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = other.local_addr().unwrap();
    let error =
        Server::bind(ServerConfig { port: addr.port(), ..ServerConfig::default() }).await.unwrap_err();
    assert!(matches!(error, ServeError::PortTaken(taken) if taken == addr));
    assert_eq!(error.to_string(), format!("port {} is taken on 127.0.0.1", addr.port()));
}

#[tokio::test]
async fn transports_and_gate_turn_away() {
    let config = ServerConfig { transports: Transports::WebSocket, ..ServerConfig::default() };
    let server = Server::bind(config).await.unwrap();
    assert_eq!(request(server.addr(), "GET", "/socket.io/?EIO=4&transport=polling", "").status, 400);
    let refused = request(server.addr(), "GET", "/socket.io/?EIO=4&transport=polling&refuse=closed", "");
    assert_eq!((refused.status, refused.body.as_str()), (403, r#"{"code":4,"message":"closed"}"#));
    server.shutdown().await;
}

#[tokio::test]
async fn rest_stands_beside_the_sockets() {
    let server = server().await;
    assert_eq!(request(server.addr(), "GET", "/api/health", "").body, r#"{"status":"ok"}"#);
    assert!(request(server.addr(), "GET", "/api/hello", "").body.contains("Hello from"));
    server.shutdown().await;
}

#[tokio::test]
async fn other_origins_are_told_what_was_configured() {
    const HANDSHAKE: &str = "/socket.io/?EIO=4&transport=polling";
    let origin = "http://localhost:5173";

    let shut = server().await;
    assert!(!request_from(origin, shut.addr(), HANDSHAKE).head.contains("access-control"));
    shut.shutdown().await;

    let any = ServerConfig { cors: Some(Cors::default()), ..ServerConfig::default() };
    let any = Server::bind(any).await.unwrap();
    let head = request_from(origin, any.addr(), HANDSHAKE).head;
    assert!(head.contains("access-control-allow-origin: *"), "{head}");
    any.shutdown().await;

    let cors = Cors { origins: vec![origin.into()], credentials: true };
    let one = Server::bind(ServerConfig { cors: Some(cors), ..ServerConfig::default() }).await.unwrap();
    let head = request_from(origin, one.addr(), HANDSHAKE).head;
    assert!(head.contains(&format!("access-control-allow-origin: {origin}")), "{head}");
    assert!(head.contains("access-control-allow-credentials: true"), "{head}");
    let other = request_from("http://elsewhere", one.addr(), HANDSHAKE).head;
    assert!(!other.contains("access-control-allow-origin"), "{other}");
    one.shutdown().await;
}

#[tokio::test]
async fn an_origin_that_no_header_carries_is_an_error() {
    let cors = Cors { origins: vec!["http://good".into(), "bad\norigin".into()], credentials: true };
    let error = Server::bind(ServerConfig { cors: Some(cors), ..ServerConfig::default() }).await.unwrap_err();
    assert!(matches!(error, ServeError::Origin(origin) if origin == "bad\norigin"));
}
