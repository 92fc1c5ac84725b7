//! A POST that may have arrived is not sent again (F036).

use sockeye_core::IoErrorKind;

use super::{
    Client, direct, kind,
    server::{Reply, Server, ok},
};

#[tokio::test]
async fn a_reset_of_a_connection_that_was_kept_is_reported() {
    let server = Server::start(|seen| if seen.path() == "/reset" { Reply::Reset } else { ok("ok") }).await;
    let client = Client::new(&server.origin(), &direct());
    client.get("/").await.unwrap();
    assert_eq!(kind(client.post("/reset", "once").await), IoErrorKind::Connect);
    let seen = server.seen();
    assert_eq!(seen.iter().filter(|seen| seen.body == b"once").count(), 1);
    assert_eq!(seen[1].connection, 0, "it went over the kept connection");
}

#[tokio::test]
async fn the_end_of_a_connection_that_was_kept_is_reported() {
    let server =
        Server::start(|seen| if seen.path() == "/end" { Reply::Close(Vec::new()) } else { ok("ok") }).await;
    let client = Client::new(&server.origin(), &direct());
    client.post("/", "first").await.unwrap();
    assert_eq!(kind(client.post("/end", "once").await), IoErrorKind::Connect);
    assert_eq!(server.seen().iter().filter(|seen| seen.body == b"once").count(), 1);
}

#[tokio::test]
async fn a_get_that_is_held_does_not_keep_a_post_from_leaving() {
    let server =
        Server::start(|seen| if seen.path() == "/held" { Reply::Hang(Vec::new()) } else { ok("ok") }).await;
    let client = Client::new(&server.origin(), &direct());
    tokio::select! {
        _ = client.get("/held") => panic!("it is held"),
        posted = client.post("/", "x") => posted.unwrap(),
    }
}
