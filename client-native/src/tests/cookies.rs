//! Cookies, by RFC 6265 and for all three kinds of requests (F124).

use http::{HeaderMap, HeaderValue, header};
use url::Url;

use super::{
    Client, direct,
    server::{Reply, Server, answer},
};
use crate::{cookies::Jar, options::NetOptions};

/// What a jar sends to one URL after another set these.
fn sent(to: &str, from: &str, lines: &[&str]) -> String {
    let jar = Jar::new(None, 10);
    set(&jar, from, lines);
    header(&jar, to)
}

fn set(jar: &Jar, from: &str, lines: &[&str]) {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(header::SET_COOKIE, HeaderValue::from_bytes(line.as_bytes()).unwrap());
    }
    jar.store(&Url::parse(from).unwrap(), &headers);
}

fn header(jar: &Jar, to: &str) -> String {
    jar.header(&Url::parse(to).unwrap()).map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}

#[test]
fn the_domain_decides_who_is_sent_a_cookie() {
    let from = "https://app.example.com/";
    assert_eq!(sent("https://app.example.com/", from, &["a=1"]), "a=1");
    assert_eq!(sent("https://sub.app.example.com/", from, &["a=1"]), "", "host only");
    assert_eq!(sent("https://www.example.com/", from, &["a=1; Domain=example.com"]), "a=1");
    assert_eq!(sent("https://www.example.com/", from, &["a=1; DOMAIN=.Example.COM"]), "a=1");
    assert_eq!(sent("https://notexample.com/", from, &["a=1; Domain=example.com"]), "");
    assert_eq!(sent("https://other.org/", from, &["a=1; Domain=other.org"]), "", "not ours to set");
}

#[test]
fn the_path_decides_too_and_longer_ones_go_first() {
    let from = "https://example.com/socket.io/?x=1";
    let lines = ["a=1; Path=/", "b=2; Path=/socket.io", "c=3; path=/admin", "d=4"];
    assert_eq!(sent("https://example.com/socket.io/", from, &lines).split("; ").last(), Some("a=1"));
    assert!(sent("https://example.com/socket.io/", from, &lines).contains("d=4"));
    assert!(!sent("https://example.com/socket.io/", from, &lines).contains("c=3"));
    assert_eq!(sent("https://example.com/socket.iox", from, &lines), "a=1");
}

#[test]
fn secure_ones_go_over_tls_only() {
    let lines = ["a=1; Secure", "b=2; HttpOnly"];
    let both = sent("wss://example.com/", "https://example.com/", &lines);
    assert!(both.contains("a=1") && both.contains("b=2"));
    assert_eq!(sent("ws://example.com/", "https://example.com/", &lines), "b=2");
}

#[test]
fn an_age_of_zero_or_a_date_in_the_past_forgets() {
    let url = "https://example.com/";
    for forget in ["a=; Max-Age=0", "a=; max-age=-5", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"] {
        let jar = Jar::new(None, 10);
        set(&jar, url, &["a=1; Max-Age=100"]);
        assert_eq!(header(&jar, url), "a=1");
        set(&jar, url, &[forget]);
        assert_eq!(header(&jar, url), "", "{forget}");
    }
}

#[test]
fn a_date_that_is_none_makes_a_session_cookie() {
    let url = "https://example.com/";
    assert_eq!(sent(url, url, &["a=1; Expires=yesterday, or so"]), "a=1");
    assert_eq!(sent(url, url, &["a=1; Max-Age=soon"]), "a=1");
}

#[test]
fn what_is_no_cookie_is_ignored() {
    let url = "https://example.com/";
    assert_eq!(sent(url, url, &["", "=", ";;;", "\u{e9}=1", "ok=1"]), "ok=1");
    assert_eq!(sent(url, url, &[&format!("a={}", "x".repeat(5_000)), "ok=1"]), "ok=1");
}

/// Otherwise whoever sets enough of them first keeps the load balancer's own out for good.
#[test]
fn when_there_are_too_many_the_oldest_goes() {
    let url = "https://example.com/";
    let jar = Jar::new(None, 3);
    for number in 0..10_000 {
        set(&jar, url, &[&format!("c{number}=1")]);
    }
    assert_eq!(sorted(Some(&header(&jar, url))), "c9997=1; c9998=1; c9999=1");
    set(&jar, url, &["c9997=2", "node=7"]);
    assert_eq!(sorted(Some(&header(&jar, url))), "c9997=2; c9999=1; node=7", "set again is new again");
}

#[test]
fn one_that_is_forgotten_makes_room_before_the_oldest_does() {
    let url = "https://example.com/";
    let jar = Jar::new(None, 3);
    set(&jar, url, &["a=1", "b=1", "c=1", "b=; Max-Age=0", "d=1"]);
    assert_eq!(sorted(Some(&header(&jar, url))), "a=1; c=1; d=1");
    set(&jar, url, &["e=1"]);
    assert_eq!(sorted(Some(&header(&jar, url))), "c=1; d=1; e=1");
}

#[test]
fn what_is_not_kept_takes_nobodys_room() {
    let url = "https://example.com/";
    let jar = Jar::new(None, 2);
    set(
        &jar,
        url,
        &["a=1", "b=1", "c=1; Domain=other.org", "d=1; Max-Age=0", &format!("e={}", "x".repeat(5_000))],
    );
    assert_eq!(sorted(Some(&header(&jar, url))), "a=1; b=1");
}

/// The load balancer's cookie must be on every request, or the session is asked of another node.
#[tokio::test]
async fn polling_and_websocket_share_them_both_ways() {
    let server = Server::start(|seen| match (seen.path(), seen.is_websocket()) {
        ("/first", _) => answer("200 OK", "Set-Cookie: node=7; Path=/; HttpOnly\r\n", ""),
        ("/error", _) => answer("400 Bad Request", "Set-Cookie: error=1; Path=/\r\n", ""),
        ("/socket", true) => Reply::Socket("Set-Cookie: upgraded=1; Path=/\r\n", Vec::new()),
        ("/refused", true) => answer("403 Forbidden", "Set-Cookie: refused=1; Path=/\r\n", ""),
        _ => answer("200 OK", "", "ok"),
    })
    .await;
    let headers = vec![(String::from("cookie"), String::from("mine=0"))];
    let client = Client::new(&server.origin(), &NetOptions { headers, ..direct() });
    client.get("/first").await.unwrap();
    client.post("/", "x").await.unwrap();
    client.get("/error").await.unwrap_err();
    drop(client.open("/socket").await);
    drop(client.open("/refused").await);
    client.get("/").await.unwrap();

    let cookies: Vec<_> = server.seen().iter().map(|seen| sorted(seen.header("cookie"))).collect();
    assert_eq!(
        cookies,
        [
            "mine=0",
            "mine=0; node=7",
            "mine=0; node=7",
            "error=1; mine=0; node=7",
            "error=1; mine=0; node=7; upgraded=1",
            "error=1; mine=0; node=7; refused=1; upgraded=1",
        ]
    );
}

#[tokio::test]
async fn without_cookies_none_are_kept_and_the_applications_own_are_sent() {
    let server = Server::start(|_| answer("200 OK", "Set-Cookie: node=7; Path=/\r\n", "")).await;
    let headers = vec![(String::from("Cookie"), String::from("mine=0"))];
    let client = Client::new(&server.origin(), &NetOptions { headers, cookies: false, ..direct() });
    client.get("/").await.unwrap();
    client.get("/").await.unwrap();
    assert!(server.seen().iter().all(|seen| seen.header("cookie") == Some("mine=0")));
}

fn sorted(cookies: Option<&str>) -> String {
    let mut all: Vec<_> = cookies.unwrap_or_default().split("; ").collect();
    all.sort_unstable();
    all.join("; ")
}
