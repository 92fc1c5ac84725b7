//! Redirects: a few for a GET and within the origin; none for a POST or a WebSocket (F012).

use sockeye_core::IoErrorKind;

use super::{
    Client, direct, error, kind, refusal,
    server::{Server, answer, ok},
};
use crate::options::NetOptions;

#[tokio::test]
async fn a_get_follows_within_the_origin() {
    let server = Server::start(|seen| match seen.path() {
        "/1" => answer("302 Found", "Location: /2?kept=1\r\nSet-Cookie: hop=1\r\n", ""),
        "/2" => answer("308 Permanent Redirect", "Location: 3\r\n", ""),
        _ => ok("there"),
    })
    .await;
    let client = Client::new(&server.origin(), &direct());
    assert_eq!(client.get("/1").await.unwrap(), "there");
    assert_eq!(server.seen()[1].header("cookie"), Some("hop=1"));
}

#[tokio::test]
async fn five_hops_are_enough_and_six_are_too_many() {
    let server = Server::start(|seen| {
        let left: u32 = seen.path()[1..].parse().unwrap();
        if left == 0 { ok("there") } else { answer("302 Found", &format!("Location: /{}\r\n", left - 1), "") }
    })
    .await;
    let client = Client::new(&server.origin(), &direct());
    assert_eq!(client.get("/5").await.unwrap(), "there");
    assert_eq!(kind(client.get("/6").await), IoErrorKind::Redirect);
}

#[tokio::test]
async fn another_origin_is_told_and_not_visited() {
    let other = Server::start(|_| ok("stolen")).await;
    let location = format!("Location: {}/x?token=s3cr3t-location\r\n", other.origin());
    let server = Server::start(move |_| answer("307 Temporary Redirect", &location, "")).await;
    let headers = vec![(String::from("Authorization"), String::from("Bearer x"))];
    let client = Client::new(&server.origin(), &NetOptions { headers, ..direct() });
    let failure = error(client.get("/").await);
    assert_eq!(failure.kind, IoErrorKind::Redirect);
    assert!(failure.message.contains(&other.origin()));
    assert!(!failure.message.contains("s3cr3t"));
    assert_eq!(kind(client.post("/", "x").await), IoErrorKind::Redirect);
    assert_eq!(kind(client.open("/").await), IoErrorKind::Redirect);
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn the_same_host_on_another_scheme_is_another_origin() {
    let server = Server::start(|seen| {
        let host = seen.header("host").unwrap();
        answer("301 Moved Permanently", &format!("Location: https://{host}/\r\n"), "")
    })
    .await;
    let client = Client::new(&server.origin(), &direct());
    assert_eq!(kind(client.get("/").await), IoErrorKind::Redirect);
}

#[tokio::test]
async fn a_post_is_not_sent_twice() {
    let server = Server::start(|seen| match seen.path() {
        "/1" => answer("307 Temporary Redirect", "Location: /2\r\n", ""),
        _ => ok("ok"),
    })
    .await;
    let client = Client::new(&server.origin(), &direct());
    assert_eq!(kind(client.post("/1", "x").await), IoErrorKind::Redirect);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_one_too() {
    let server = Server::start(|_| answer("302 Found", "", "")).await;
    let client = Client::new(&server.origin(), &direct());
    assert_eq!(kind(client.get("/").await), IoErrorKind::Redirect);
}

#[tokio::test]
async fn other_statuses_of_three_hundred_are_refusals() {
    let server = Server::start(|_| answer("304 Not Modified", "", "")).await;
    let client = Client::new(&server.origin(), &direct());
    assert_eq!(refusal(client.get("/").await).status, 304);
    assert_eq!(refusal(client.open("/").await).status, 304);
}
