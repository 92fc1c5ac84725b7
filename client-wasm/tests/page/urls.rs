//! URLs as Socket.IO reads them in a page: what is missing is the page's own.

use js_sys::{Reflect, global};
use sockeye_wasm::{Endpoint, UrlError, io};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn whole_urls() {
    for (url, origin, namespace) in [
        ("http://example.com", "http://example.com", "/"),
        ("https://example.com:443/", "https://example.com", "/"),
        ("https://example.com:8443/admin", "https://example.com:8443", "/admin"),
        ("ws://example.com:80/a/../b%20c", "http://example.com", "/a/../b%20c"),
        ("wss://EXAMPLE.com/Chat?x=1#y", "https://example.com", "/Chat"),
        ("http://[::1]:3000/x", "http://[::1]:3000", "/x"),
        ("http://bücher.example", "http://xn--bcher-kva.example", "/"),
        ("  http://example.com/x ", "http://example.com", "/x"),
    ] {
        let found = Endpoint::parse(url).unwrap();
        assert_eq!((found.origin.as_str(), found.namespace.as_str()), (origin, namespace), "{url}");
    }
}

#[wasm_bindgen_test]
fn a_query_goes_along() {
    let found = Endpoint::parse("http://example.com/x?a=b%26c&d=e+f&a=").unwrap();
    let pairs: Vec<_> = found.query.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(pairs, [("a", "b&c"), ("d", "e f"), ("a", "")]);
}

/// A token is there as a rule (F122).
#[wasm_bindgen_test]
fn a_query_is_shown_by_its_names_alone() {
    let found = Endpoint::parse("https://example.com/admin?token=s3cr3t").unwrap();
    let shown = format!("{found:?}");
    assert!(shown.contains("example.com") && shown.contains("/admin") && shown.contains("token"), "{shown}");
    assert!(!shown.contains("s3cr3t"), "{shown}");
}

#[wasm_bindgen_test]
fn what_is_missing_is_the_pages_own() {
    let location = Reflect::get(&global(), &"location".into()).unwrap();
    let page = Reflect::get(&location, &"origin".into()).unwrap().as_string().unwrap();
    for (url, namespace) in [("", "/"), ("/", "/"), ("/admin", "/admin"), ("?a=b", "/"), ("/x?a=b", "/x")] {
        let found = Endpoint::parse(url).unwrap();
        assert_eq!((found.origin.as_str(), found.namespace.as_str()), (page.as_str(), namespace), "{url:?}");
    }
    for url in ["//example.com/x", "example.com/x"] {
        let found = Endpoint::parse(url).unwrap();
        assert_eq!((found.origin.as_str(), found.namespace.as_str()), ("http://example.com", "/x"), "{url}");
    }
    assert_eq!(io("/chat").unwrap().name(), "/chat");
}

#[wasm_bindgen_test]
fn what_is_no_url() {
    let long = format!("http://example.com/{}", "x".repeat(8_000));
    for (url, error) in [
        ("http://", UrlError::Malformed),
        ("http://[::1", UrlError::Malformed),
        ("http://exam\nple.com", UrlError::Malformed),
        ("http://example.com:99999", UrlError::Malformed),
        ("ftp://example.com", UrlError::Scheme),
        ("http://ada:secret@example.com", UrlError::Credentials),
        (&long, UrlError::TooLong),
    ] {
        let found = Endpoint::parse(url).unwrap_err();
        assert_eq!(found, error, "{url}");
        assert!(!found.to_string().contains("secret"));
    }
}
