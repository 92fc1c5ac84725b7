//! What TLS refuses, polling and WebSocket refuse alike (F120).

use std::future::poll_fn;

use sockeye_core::{CloseDetails, Frame, IoErrorKind};

use super::{
    Client, direct, error, kind,
    pki::{Authority, Leaf, expired},
    server::{Reply, Seen, Server, ok},
    within,
};
use crate::{options::NetOptions, tls::TlsOptions, websocket::End};

fn reply(seen: &Seen) -> Reply {
    if seen.is_websocket() { Reply::Socket("", Vec::new()) } else { ok("ok") }
}

fn client(server: &Server, tls: TlsOptions) -> Client {
    let origin = format!("https://127.0.0.1:{}", server.port);
    Client::new(&origin, &NetOptions { tls, ..direct() })
}

async fn accepts(server: &Server, tls: TlsOptions) {
    let client = client(server, tls);
    assert_eq!(client.get("/").await.unwrap(), "ok");
    client.post("/", "x").await.unwrap();
    client.open("/").await.map(drop).unwrap();
}

/// Both must fail, in the same words about the same thing.
async fn refuses(server: &Server, tls: TlsOptions, words: &str) {
    let client = client(server, tls);
    for error in [error(client.get("/").await), error(client.open("/").await)] {
        assert_eq!(error.kind, IoErrorKind::Tls, "{error:?}");
        assert!(error.message.to_lowercase().contains(&words.to_lowercase()), "{error:?}");
    }
    assert!(server.seen().is_empty(), "something was said to a server that is not trusted");
}

#[tokio::test]
async fn a_good_chain_is_accepted() {
    let authority = Authority::new("ours");
    let server = Server::secure(authority.sign("127.0.0.1", |_| ()).server(), reply).await;
    accepts(&server, authority.trusted()).await;
}

#[tokio::test]
async fn roots_of_ones_own_may_stand_beside_the_systems() {
    let authority = Authority::new("ours");
    let server = Server::secure(authority.sign("127.0.0.1", |_| ()).server(), reply).await;
    let crate::tls::Roots::Only(ours) = authority.roots() else { unreachable!() };
    accepts(&server, TlsOptions { roots: crate::tls::Roots::PlatformAnd(ours), ..TlsOptions::default() })
        .await;
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let authority = Authority::new("ours");
    let server = Server::secure(authority.sign("127.0.0.1", expired).server(), reply).await;
    refuses(&server, authority.trusted(), "expired").await;
}

#[tokio::test]
async fn another_hosts_certificate_is_refused() {
    let authority = Authority::new("ours");
    let server = Server::secure(authority.sign("example.com", |_| ()).server(), reply).await;
    refuses(&server, authority.trusted(), "not valid for").await;
}

#[tokio::test]
async fn an_unknown_authority_is_refused() {
    let server = Server::secure(Authority::new("theirs").sign("127.0.0.1", |_| ()).server(), reply).await;
    refuses(&server, Authority::new("ours").trusted(), "UnknownIssuer").await;
}

#[tokio::test]
async fn a_certificate_that_vouches_for_itself_is_refused() {
    let server = Server::secure(Leaf::self_signed("127.0.0.1").server(), reply).await;
    refuses(&server, Authority::new("ours").trusted(), "invalid peer certificate").await;
}

#[tokio::test]
async fn the_systems_roots_do_not_know_ours() {
    let authority = Authority::new("ours");
    let server = Server::secure(authority.sign("127.0.0.1", |_| ()).server(), reply).await;
    refuses(&server, TlsOptions::default(), "certificate").await;
}

#[tokio::test]
async fn without_any_roots_the_error_says_what_to_do() {
    use rustls::client::danger::ServerCertVerifier;
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let verdict = crate::verifier::NoRoots::new(&provider).verify_server_cert(
        &Vec::new().into(),
        &[],
        &"localhost".try_into().unwrap(),
        &[],
        rustls::pki_types::UnixTime::now(),
    );
    assert!(verdict.unwrap_err().to_string().contains("ca-certificates"));
}

#[tokio::test]
async fn a_client_certificate_is_shown_when_asked_for() {
    let authority = Authority::new("ours");
    let clients = Authority::new("clients");
    let server = Server::secure(authority.sign("127.0.0.1", |_| ()).server_for(&clients), reply).await;
    let identity = clients.sign("somebody", |_| ()).identity();
    accepts(&server, TlsOptions { identity: Some(identity), ..authority.trusted() }).await;
}

/// In TLS 1.3 the server says no after the client thinks that all is well, so it may be heard late.
#[tokio::test]
async fn without_a_client_certificate_the_server_refuses() {
    let authority = Authority::new("ours");
    let clients = Authority::new("clients");
    let server = Server::secure(authority.sign("127.0.0.1", |_| ()).server_for(&clients), reply).await;
    let client = client(&server, authority.trusted());
    assert_eq!(kind(client.get("/").await), IoErrorKind::Tls);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Tls);
}

#[tokio::test]
async fn the_insecure_mode_takes_anything() {
    let leaf = Authority::new("theirs").sign("example.com", expired);
    let server = Server::secure(leaf.server(), reply).await;
    let tls =
        TlsOptions { dangerous_accept_any_certificate_because_i_am_testing: true, ..TlsOptions::default() };
    accepts(&server, tls).await;
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_refused() {
    let server = Server::start(reply).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let plain = tokio::spawn(async move {
        loop {
            use tokio::io::AsyncWriteExt;
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    drop(server);
    let client = Client::new(&format!("https://127.0.0.1:{port}"), &direct());
    assert_eq!(kind(client.get("/").await), IoErrorKind::Tls);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Tls);
    plain.abort();
}

/// Trying again is right then, so it must not count as a certificate that is refused.
#[tokio::test]
async fn a_server_that_hangs_up_in_the_handshake_is_a_lost_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        loop {
            drop(listener.accept().await.unwrap());
        }
    });
    let client = Client::new(&format!("https://127.0.0.1:{port}"), &direct());
    assert_eq!(kind(client.get("/").await), IoErrorKind::Connect);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Connect);
    server.abort();
}

#[tokio::test]
async fn polling_and_websocket_offer_the_same_protocol() {
    let authority = Authority::new("ours");
    let mut config = authority.sign("127.0.0.1", |_| ()).server();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let server = Server::secure(config, reply).await;
    accepts(&server, authority.trusted()).await;
}

/// As over TCP: the end of a connection, whatever was half sent (F048).
#[tokio::test]
async fn an_end_without_tls_s_goodbye_is_an_end() {
    let authority = Authority::new("ours");
    let half = [0x81, 3, b'4', b'2', b'0', 0x81, 10, b'x'];
    let config = authority.sign("127.0.0.1", |_| ()).server();
    let server = Server::secure(config, move |_| Reply::Gone(half.to_vec())).await;
    let mut socket = client(&server, authority.trusted()).open("/").await.unwrap();
    let mut next = async || within(poll_fn(|cx| socket.poll_next(cx))).await;
    assert_eq!(next().await, Ok(Frame::Text("420".into())));
    let lost = CloseDetails::WebSocket { code: 1006, reason: String::new() };
    assert_eq!(next().await, Err(End::Closed(lost)));
}

#[test]
fn a_pem_without_what_is_needed_is_refused_in_words() {
    use crate::tls::{Certificate, Identity};
    assert!(Certificate::from_pem(b"").unwrap_err().to_string().contains("no certificate"));
    assert!(Identity::from_pem(b"", b"hunter2").unwrap_err().to_string().contains("no private key"));
}

#[test]
fn a_key_is_not_shown() {
    let identity = Leaf::self_signed("x").identity();
    assert_eq!(format!("{identity:?}"), "Identity { certificates: 1, .. }");
}
