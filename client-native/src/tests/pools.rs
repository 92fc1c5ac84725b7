//! Requests that a server holds are in nobody else's way: each manager has connections of its own (F040).

use futures_util::{StreamExt, stream::FuturesUnordered};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{
    Client, direct,
    server::{Reply, Server, ok, read_request},
    within,
};

#[tokio::test]
async fn held_polls_of_many_managers_keep_no_other_from_being_served() {
    let server = Server::start(|seen| match seen.path() {
        "/held" => Reply::Hang(Vec::new()),
        _ if seen.is_websocket() => Reply::Socket("", Vec::new()),
        _ => ok("ok"),
    })
    .await;
    let many: Vec<_> = (0..HELD).map(|_| Client::new(&server.origin(), &direct())).collect();
    let mut held: FuturesUnordered<_> = many.iter().map(|it| it.get("/held")).collect();
    let another = Client::new(&server.origin(), &direct());
    let served = async {
        while server.seen().len() < HELD {
            tokio::task::yield_now().await;
        }
        assert_eq!(another.get("/").await.unwrap(), "ok");
        another.post("/", "x").await.unwrap();
        another.open("/").await.map(drop).unwrap();
    };
    tokio::select! {
        _ = held.next() => panic!("it is held"),
        () = within(served) => {}
    }
}

#[tokio::test]
async fn a_connection_that_one_manager_keeps_is_no_others() {
    let server = Server::start(|_| ok("")).await;
    let (one, other) = (Client::new(&server.origin(), &direct()), Client::new(&server.origin(), &direct()));
    for client in [&one, &other, &one, &other] {
        client.get("/").await.unwrap();
    }
    let connections: Vec<_> = server.seen().iter().map(|it| it.connection).collect();
    assert_eq!(connections, [0, 1, 0, 1]);
}

/// Before Node closes it, which is after 5 s: what is written then may be lost (F036).
#[tokio::test]
async fn a_connection_that_nobody_uses_is_closed_from_here() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let client = Client::new(&origin, &direct());
    let serve = async {
        let mut stream = listener.accept().await.unwrap().0;
        read_request(0, &mut stream).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        stream
    };
    let (mut stream, body) = tokio::join!(serve, client.get("/"));
    assert_eq!(body.unwrap(), "");
    assert_eq!(within(stream.read(&mut [0])).await.unwrap(), 0);
    drop(client);
}

/// More than any pool of a host has by default.
const HELD: usize = 64;
