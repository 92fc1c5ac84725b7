//! Names with several addresses, and with none (F111).

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::{Duration, Instant},
};

use sockeye_core::IoErrorKind;
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    time::timeout,
};

use super::{
    Client, direct, kind,
    pki::Authority,
    server::{Reply, Seen, Server, ok, pipe},
};
use crate::{dns::Resolver, net::Net, options::NetOptions};

fn reply(seen: &Seen) -> Reply {
    if seen.is_websocket() { Reply::Socket("", Vec::new()) } else { ok("hi") }
}

/// An address that answers nothing, neither yes nor no: nobody takes the connections that wait there, and there is no
/// room for more of them.
struct BlackHole {
    _listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

impl BlackHole {
    /// None where this computer has no such address.
    async fn open(address: SocketAddr) -> Option<Self> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }.ok()?;
        socket.bind(address).ok()?;
        let listener = socket.listen(1).unwrap();
        let mut waiting = Vec::new();
        // Within one computer a connection is made at once, or not at all.
        while let Ok(stream) = timeout(Duration::from_millis(500), TcpStream::connect(address)).await {
            waiting.push(stream.unwrap());
        }
        Some(Self { _listener: listener, _waiting: waiting })
    }
}

/// A client of a server on this computer, whose name it knows by these addresses.
fn client_of(server: &Server, addresses: [IpAddr; 2], connect_timeout: Duration) -> Client {
    let origin = format!("http://example.com:{}", server.port);
    let resolver = Resolver::new(move |name| {
        assert_eq!(name, "example.com");
        Box::pin(async move { Ok(addresses.map(|it| SocketAddr::new(it, 0)).to_vec()) })
    });
    let options = NetOptions { connect_timeout, ..direct() };
    let net = Net::in_environment(&origin, options, |_| None, resolver).unwrap();
    Client { net, origin }
}

/// Both ways to connect reach the server, and not before `patience` with the first address has ended.
async fn both_arrive_after(patience: Duration, client: &Client) {
    let start = Instant::now();
    assert_eq!(client.get("/").await.unwrap(), "hi");
    assert!(start.elapsed() >= patience, "the first address was not tried: {:?}", start.elapsed());
    let start = Instant::now();
    client.open("/").await.map(drop).unwrap();
    assert!(start.elapsed() >= patience, "the first address was not tried: {:?}", start.elapsed());
}

/// One minute is far more than a test has: who waits for the first address to the end has failed.
#[tokio::test]
async fn the_second_family_is_tried_while_the_first_is_silent() {
    let server = Server::start(reply).await;
    let six = IpAddr::from(Ipv6Addr::LOCALHOST);
    // Where there is no IPv6 there is nothing to test.
    let Some(_hole) = BlackHole::open(SocketAddr::new(six, server.port)).await else { return };
    let client = client_of(&server, [six, Ipv4Addr::LOCALHOST.into()], Duration::from_mins(1));
    both_arrive_after(Duration::from_millis(300), &client).await;
}

#[tokio::test]
async fn an_address_that_is_silent_leaves_time_for_the_next() {
    let server = Server::start(reply).await;
    let silent = Ipv4Addr::new(127, 0, 0, 2);
    // Some systems have one address of this kind only.
    let Some(_hole) = BlackHole::open((silent, server.port).into()).await else { return };
    let addresses = [silent, Ipv4Addr::LOCALHOST].map(IpAddr::from);
    let client = client_of(&server, addresses, Duration::from_secs(2));
    both_arrive_after(Duration::from_secs(1), &client).await;
}

/// Nobody listens at the first, as with most systems' `localhost`.
#[tokio::test]
async fn the_next_address_is_tried_at_once_when_one_refuses() {
    let server = Server::start(reply).await;
    let addresses = [Ipv6Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()];
    let client = client_of(&server, addresses, Duration::from_mins(1));
    both_arrive_after(Duration::ZERO, &client).await;
}

/// `.invalid` never exists (RFC 2606).
#[tokio::test]
async fn a_name_that_does_not_exist_is_told_from_a_server_that_does_not_answer() {
    let client = Client::new("http://nowhere.invalid", &direct());
    assert_eq!(kind(client.get("/").await), IoErrorKind::Dns);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Dns);

    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let client = Client::new(&format!("http://127.0.0.1:{nobody}"), &direct());
    assert_eq!(kind(client.get("/").await), IoErrorKind::Connect);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Connect);
}

/// The brackets belong to the URL: neither the resolver nor the certificate knows them.
#[tokio::test]
async fn an_address_in_brackets_is_reached_with_and_without_tls() {
    // Where there is no IPv6 there is nothing to test.
    let Ok(listener) = TcpListener::bind("[::1]:0").await else { return };
    let six = listener.local_addr().unwrap().port();
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
