//! What we send, and what may not be sent.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, header};

use super::{
    Client, direct,
    server::{Reply, Server, ok},
};
use crate::{
    headers::{Headers, retry_after},
    net::Net,
    options::NetOptions,
    options_error::OptionsError,
};

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[tokio::test]
async fn each_kind_of_request_says_what_it_must() {
    let server =
        Server::start(|seen| if seen.is_websocket() { Reply::Socket("", Vec::new()) } else { ok("ok") })
            .await;
    let headers = vec![pair("authorization", "Bearer x"), pair("X-Twice", "1"), pair("X-Twice", "2")];
    let client = Client::new(&server.origin(), &NetOptions { headers, ..direct() });
    client.get("/a?EIO=4").await.unwrap();
    client.post("/b?EIO=4", "4hällo").await.unwrap();
    client.open("/c?EIO=4").await.map(drop).unwrap();

    let [get, post, socket] = server.seen().try_into().unwrap();
    for seen in [&get, &post, &socket] {
        assert_eq!(seen.header("authorization"), Some("Bearer x"));
        assert_eq!(seen.head.to_lowercase().matches("x-twice:").count(), 2);
        assert_eq!(seen.header("host"), Some(&*format!("127.0.0.1:{}", server.port)));
        assert!(seen.header("user-agent").unwrap().starts_with("sockeye/"));
    }
    for seen in [&get, &post] {
        assert_eq!(seen.header("accept"), Some("*/*"));
        assert_eq!(seen.header("cache-control"), Some("no-store"), "F038");
    }
    assert!(get.head.starts_with("GET /a?EIO=4&sid="));
    assert_eq!(get.header("content-type"), None);
    assert_eq!(post.header("content-type"), Some("text/plain;charset=UTF-8"), "F031");
    assert_eq!(post.body, "4hällo".as_bytes());
    assert!(socket.head.starts_with("GET /c?EIO=4&sid="));
    assert_eq!(socket.header("sec-websocket-version"), Some("13"));
    assert_eq!(socket.header("sec-websocket-extensions"), None);
}

#[test]
fn the_protocols_own_headers_are_refused_in_words() {
    for name in ["Connection", "Content-Type", "sec-websocket-key", "TRANSFER-ENCODING", "Accept-Encoding"] {
        let error = Headers::new(&[pair(name, "x")]).err().unwrap();
        assert!(error.to_string().contains("belongs to the protocol"), "{error}");
    }
}

#[test]
fn what_is_no_header_is_refused_without_its_value() {
    for (name, value) in [("", "x"), ("two words", "x"), ("x", "hunter2\r\nInjected: 1"), ("x:", "y")] {
        let error = Headers::new(&[pair(name, value)]).err().unwrap();
        assert_eq!(error, OptionsError::Header(name.to_owned()));
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
}

#[test]
fn what_is_no_subprotocol_is_refused() {
    for names in [vec![""], vec!["a b"], vec!["a,b"], vec!["a", "a"]] {
        let subprotocols = names.into_iter().map(String::from).collect();
        let error = Net::new("http://localhost", NetOptions { subprotocols, ..direct() }).err().unwrap();
        assert!(matches!(error, OptionsError::Subprotocol(_)));
    }
}

#[test]
fn a_wait_is_read_as_seconds_or_as_a_date() {
    let wait = |retry: &str, date: Option<&str>| {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_str(retry).unwrap());
        if let Some(date) = date {
            headers.insert(header::DATE, HeaderValue::from_str(date).unwrap());
        }
        retry_after(&headers)
    };
    assert_eq!(wait("121", None), Some(Duration::from_secs(121)));
    assert_eq!(wait(" 0 ", None), Some(Duration::ZERO));
    let (date, later) = ("Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:30:30 GMT");
    assert_eq!(wait(later, Some(date)), Some(Duration::from_secs(150)), "by the server's clock");
    assert_eq!(wait(later, None), Some(Duration::ZERO), "long ago by ours");
    for nonsense in ["soon", "-1", "1.5", "99999999999999999999999"] {
        assert_eq!(wait(nonsense, None), None, "{nonsense}");
    }
}
