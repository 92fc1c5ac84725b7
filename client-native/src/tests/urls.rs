//! The URLs that people write (A-11, P-15).

use crate::url::{Endpoint, UrlError};

fn origin(text: &str) -> String {
    Endpoint::parse(text).unwrap().origin
}

fn refused(text: &str) -> String {
    Endpoint::parse(text).unwrap_err().to_string()
}

#[test]
fn every_scheme_becomes_an_http_origin() {
    assert_eq!(origin("http://example.com"), "http://example.com");
    assert_eq!(origin("ws://example.com:3000/x"), "http://example.com:3000");
    assert_eq!(origin("https://example.com"), "https://example.com");
    assert_eq!(origin("WSS://Example.COM/x"), "https://example.com");
}

#[test]
fn the_schemes_own_port_is_left_out() {
    assert_eq!(origin("http://example.com:80"), "http://example.com");
    assert_eq!(origin("ws://example.com:80"), "http://example.com");
    assert_eq!(origin("wss://example.com:443"), "https://example.com");
    assert_eq!(origin("https://example.com:80"), "https://example.com:80");
}

#[test]
fn addresses_and_international_names_are_hosts() {
    assert_eq!(origin("http://[::1]:3000/chat"), "http://[::1]:3000");
    assert_eq!(origin("https://[2001:DB8::1]"), "https://[2001:db8::1]");
    assert_eq!(origin("http://bücher.example/"), "http://xn--bcher-kva.example");
    assert_eq!(origin("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
}

#[test]
fn the_path_is_a_namespace_and_taken_letter_by_letter() {
    for (text, namespace) in [
        ("http://x", "/"),
        ("http://x/", "/"),
        ("http://x/admin", "/admin"),
        ("http://x/admin/", "/admin/"),
        ("http://x/a/../b", "/a/../b"),
        ("http://x/größe?y=1", "/größe"),
        ("http://x/a%20b#c", "/a%20b"),
        ("http://x?y=/not/this", "/"),
        ("http://x#/nor/this", "/"),
        ("  http://x/a  ", "/a"),
    ] {
        assert_eq!(Endpoint::parse(text).unwrap().namespace, namespace, "{text}");
    }
}

#[test]
fn the_query_is_decoded() {
    let query = Endpoint::parse("http://x/?a=1&b=%26%3D&c&d=x+y&a=2").unwrap().query;
    let query: Vec<_> = query.iter().map(|(key, value)| (&**key, &**value)).collect();
    assert_eq!(query, [("a", "1"), ("b", "&="), ("c", ""), ("d", "x y"), ("a", "2")]);
}

#[test]
fn what_is_wrong_is_said_in_words() {
    assert!(refused("localhost:3000").contains("`localhost`"), "{}", refused("localhost:3000"));
    assert!(refused("example.com").contains("no scheme"));
    assert!(refused("/admin").contains("no server"));
    assert!(refused("//example.com/admin").contains("no server"));
    assert!(refused("ftp://example.com").contains("`ftp`"));
    assert!(refused("http://").contains("not a URL"));
    assert!(refused("http://x:99999").contains("port"));
    assert!(refused("http://x/a\nb").contains("control"));
    assert!(refused(&format!("http://x/{}", "a".repeat(8_000))).contains("8000"));
    for text in ["localhost:3000", "example.com", "/admin"] {
        assert!(refused(text).contains("https://example.com:3000/namespace"), "{text}");
    }
}

#[test]
fn secrets_in_a_url_are_refused_and_not_repeated() {
    for text in ["https://me:s3cr3t@example.com/", "https://s3cr3t@example.com"] {
        assert_eq!(Endpoint::parse(text), Err(UrlError::Credentials));
        assert!(refused(text).contains("Authorization"));
    }
    let error = Endpoint::parse("http://me:s3cr3t@[bad/").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3cr3t"));
}
