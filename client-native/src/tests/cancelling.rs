//! Who waits no longer drops the future, and the request goes with it (F011, F035).

use std::time::Duration;

use sockeye_core::{IoErrorKind, Transport};
use tokio::{io::AsyncWriteExt, net::TcpListener};

use super::{
    Client, direct, kind,
    server::{Reply, SOON, Server, read_request},
    within,
};
use crate::{ManagerBuilder, options::NetOptions};

/// The server sees the end of the connection; its record says so.
async fn dropped_after_it_arrived(server: &Server, request: impl Future<Output = ()>) {
    let arrived = async {
        while server.seen().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = request => panic!("there is no answer to be had"),
        () = within(arrived) => (),
    }
    tokio::time::timeout(SOON, server.received()).await.expect("the connection is still open");
}

#[tokio::test]
async fn a_poll_that_is_dropped_closes_its_connection() {
    let server = Server::start(|_| Reply::Hang(Vec::new())).await;
    let client = Client::new(&server.origin(), &direct());
    dropped_after_it_arrived(&server, async { drop(client.get("/").await) }).await;
}

/// The handles stay, and with them the driver: it is the end of the session that ends the poll.
#[tokio::test]
async fn a_session_that_ends_lets_go_of_its_poll() {
    let server = Server::doorman().await;
    let builder = ManagerBuilder::new(&server.origin()).unwrap().net(|net| *net = direct());
    let socket = builder.config(|config| config.transports = vec![Transport::Polling]).socket().unwrap();
    within(socket.connect()).await.unwrap();
    let polls = || server.seen().iter().filter(|it| it.head.starts_with("GET")).count();
    within(async {
        while polls() < 3 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    socket.disconnect();
    tokio::time::timeout(SOON, server.received()).await.expect("the connection is still open");
    drop(socket);
}

#[tokio::test]
async fn a_post_that_is_dropped_closes_its_connection() {
    let server = Server::start(|_| Reply::Hang(Vec::new())).await;
    let client = Client::new(&server.origin(), &direct());
    dropped_after_it_arrived(&server, async { drop(client.post("/", "x").await) }).await;
}

#[tokio::test]
async fn a_handshake_that_is_dropped_closes_its_connection() {
    let server = Server::start(|_| Reply::Hang(Vec::new())).await;
    let client = Client::new(&server.origin(), &direct());
    dropped_after_it_arrived(&server, async { drop(client.open("/").await) }).await;
}

#[tokio::test]
async fn a_websocket_that_is_dropped_closes_its_connection() {
    let server = Server::start(|_| Reply::Socket("", Vec::new())).await;
    let client = Client::new(&server.origin(), &direct());
    let socket = client.open("/").await;
    drop(socket);
    tokio::time::timeout(SOON, server.received()).await.expect("the connection is still open");
}

#[tokio::test]
async fn a_request_timeout_is_kept_where_one_is_asked_for() {
    let server =
        Server::start(|_| Reply::Hang(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".into())).await;
    let options = NetOptions { request_timeout: Some(Duration::from_millis(50)), ..direct() };
    let client = Client::new(&server.origin(), &options);
    assert_eq!(kind(client.get("/").await), IoErrorKind::Timeout);
    assert_eq!(kind(client.post("/", "x").await), IoErrorKind::Timeout);
}

/// Some libraries give up reading after 5 to 45 s. While nothing else is to be done, the time jumps to whatever timer
/// is next: any deadline of the client's would come before the answer.
#[tokio::test]
async fn a_poll_that_is_held_for_a_minute_is_not_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let server = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(0, &mut stream).await.unwrap();
        tokio::time::pause();
        tokio::time::sleep(Duration::from_mins(1)).await;
        tokio::time::resume();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n6").await.unwrap();
        stream
    };
    let client = Client::new(&origin, &direct());
    let (answer, _stream) = tokio::join!(client.net.get(&origin), server);
    assert_eq!(answer.unwrap(), "6");
}

/// The status is worth more than the body that does not come.
#[tokio::test]
async fn a_refusal_whose_body_hangs_is_still_a_refusal() {
    let server =
        Server::start(|_| Reply::Hang(b"HTTP/1.1 503 Busy\r\nContent-Length: 9\r\n\r\nabc".into())).await;
    let client = Client::new(&server.origin(), &direct());
    let (get, open) = tokio::join!(client.get("/"), client.open("/"));
    for refusal in [super::refusal(get), super::refusal(open)] {
        assert_eq!((refusal.status, &*refusal.body), (503, "abc"));
    }
}
