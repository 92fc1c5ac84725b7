//! Names with several addresses, and with none (F111).

use sockeye_core::IoErrorKind;

use super::{
    Client, direct, kind,
    pki::Authority,
    server::{Reply, Server, ok, pipe},
};
use crate::options::NetOptions;

/// `localhost` is `::1` first on most systems, and nobody listens there.
#[tokio::test]
async fn the_next_address_is_tried() {
    let server =
        Server::start(|seen| if seen.is_websocket() { Reply::Socket("", Vec::new()) } else { ok("hi") })
            .await;
    let client = Client::new(&format!("http://localhost:{}", server.port), &direct());
    assert_eq!(client.get("/").await.unwrap(), "hi");
    client.open("/").await.map(drop).unwrap();
}

/// `.invalid` never exists (RFC 2606).
#[tokio::test]
async fn a_name_that_does_not_exist_is_told_from_a_server_that_does_not_answer() {
    let client = Client::new("http://nowhere.invalid", &direct());
    assert_eq!(kind(client.get("/").await), IoErrorKind::Dns);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Dns);

    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let client = Client::new(&format!("http://127.0.0.1:{nobody}"), &direct());
    assert_eq!(kind(client.get("/").await), IoErrorKind::Connect);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Connect);
}

/// The brackets belong to the URL: neither the resolver nor the certificate knows them.
#[tokio::test]
async fn an_address_in_brackets_is_reached_with_and_without_tls() {
    // Where there is no IPv6 there is nothing to test.
    let Ok(listener) = tokio::net::TcpListener::bind("[::1]:0").await else { return };
    let six = listener.local_addr().unwrap().port();
    let reply = |seen: &super::server::Seen| {
        if seen.is_websocket() { Reply::Socket("", Vec::new()) } else { ok("hi") }
    };
    let authority = Authority::new("ours");
    let plain = Server::start(reply).await;
    let secure = Server::secure(authority.sign("::1", |_| ()).server(), reply).await;
    let ports = [plain.port, plain.port, secure.port, secure.port];
    let door = tokio::spawn(async move {
        let mut connections = tokio::task::JoinSet::new();
        for port in ports {
            connections.spawn(pipe(Box::new(listener.accept().await.unwrap().0), port));
        }
        connections.join_all().await;
    });
    for scheme in ["http", "https"] {
        let options = NetOptions { tls: authority.trusted(), ..direct() };
        let client = Client::new(&format!("{scheme}://[::1]:{six}"), &options);
        assert_eq!(client.get("/").await.unwrap(), "hi");
        client.open("/").await.map(drop).unwrap();
    }
    assert_eq!(secure.seen()[0].header("host"), Some(&*format!("[::1]:{six}")));
    door.abort();
}
