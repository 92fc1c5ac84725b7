//! Options that a browser would ignore without a word are refused with one.

use serde_json::json;
use sockeye_wasm::{BuildError, ManagerBuilder, OptionsError, Transport};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{POLLING, UPGRADE, ask, join, official};

#[wasm_bindgen_test]
fn headers_that_are_none() {
    for name in ["", "two words", "Grüße"] {
        assert_eq!(refused(name, "value"), OptionsError::Header(name.into()));
    }
    assert_eq!(refused("X-Two", "a\r\nb"), OptionsError::Header("X-Two".into()));
}

#[wasm_bindgen_test]
fn headers_of_the_browsers_own() {
    for name in ["Cookie", "host", "Content-Length", "Content-Type", "Sec-WebSocket-Key"] {
        assert_eq!(refused(name, "1"), OptionsError::ReservedHeader(name.into()));
    }
}

fn refused(name: &str, value: &str) -> OptionsError {
    let builder = ManagerBuilder::new("http://127.0.0.1:1").unwrap();
    match builder.net(|net| net.headers.push((name.into(), value.into()))).build() {
        Err(BuildError::Options(error)) => error,
        other => panic!("{name}: {value} was taken: {other:?}"),
    }
}

/// Neither where it is from nor in what the machine is given (F122).
#[wasm_bindgen_test]
fn a_query_is_not_shown() {
    let builder = ManagerBuilder::new("https://example.com/admin?token=s3cr3t").unwrap();
    let shown = format!("{builder:?}");
    assert!(shown.contains("token") && !shown.contains("s3cr3t"), "{shown}");
}

/// O-18; `headers` is shown by its names alone (F122).
#[wasm_bindgen_test]
async fn headers_go_with_polling() {
    let builder = official(POLLING).net(|net| net.headers.push(("X-Story".into(), "a-secret".into())));
    let shown = format!("{builder:?}");
    assert!(shown.contains("X-Story") && !shown.contains("a-secret"), "{shown}");
    let socket = builder.build().unwrap().socket("/handshake");
    join(&socket).await;
    assert_eq!(ask(&socket, "handshake", &json!(null)).await["headers"]["x-story"], "a-secret");
}

/// Said at once, and not after the time that an attempt has (B-08).
#[wasm_bindgen_test]
async fn webtransport_is_not_here_yet() {
    let manager = official(&[Transport::WebTransport]).build().unwrap();
    let error = sockeye_tests::within("the refusal", manager.socket("/").connect()).await.unwrap_err();
    assert!(error.to_string().contains("WebTransport is not here yet"), "{error}");
}

/// O-16: a poll that is held longer than that ends the connection.
#[wasm_bindgen_test]
async fn a_request_that_takes_too_long() {
    let proxy = sockeye_tests::Proxy::start(sockeye_tests::Which::Node484.shared_port());
    proxy.black_hole(true);
    let limit = std::time::Duration::from_millis(100);
    let manager = crate::setting::builder(&proxy.url(), UPGRADE).net(|net| net.request_timeout = Some(limit));
    let socket = manager.build().unwrap().socket("/");
    let error = sockeye_tests::within("the time-out", socket.connect()).await.unwrap_err().to_string();
    assert!(error.contains("no answer within 100ms"), "{error}");
}
