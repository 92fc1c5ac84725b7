//! A browser does not say why a request failed, so the errors say what to look at. None of them quotes a secret (F122).

use sockeye_tests::{Which, http::Stranger, within};
use sockeye_wasm::{ConnectError, IoErrorKind, Transport};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{POLLING, WEBSOCKET, builder, join};

#[wasm_bindgen_test]
async fn nobody_listens() {
    let words = failure(&nobody().await, POLLING).await;
    for part in [
        "a browser does not tell a page why",
        "http://127.0.0.1:",
        "CORS",
        "cors: { origin: \"http",
        "connect-src",
    ] {
        assert!(words.contains(part), "{part} is missing: {words}");
    }
    assert!(!words.contains("credentials"), "{words}");
    let words = failure(&nobody().await, WEBSOCKET).await;
    for part in ["the WebSocket did not open", "http://127.0.0.1:", "connect-src"] {
        assert!(words.contains(part), "{part} is missing: {words}");
    }
}

/// A server that a page may not talk to looks like none at all.
#[wasm_bindgen_test]
async fn another_origin() {
    let socket = builder(&shut(), POLLING)
        .config(|config| config.query.push(("key".into(), "a-secret".into())))
        .net(|net| net.credentials = true)
        .build()
        .unwrap()
        .socket("/");
    let error = within("the refusal", socket.connect()).await.unwrap_err().to_string();
    assert!(error.contains("credentials: true"), "{error}");
    assert!(!error.contains("a-secret"), "{error}");
}

async fn failure(url: &str, transports: &[Transport]) -> String {
    let manager = builder(url, transports).config(|config| config.reconnection = false).build().unwrap();
    match within("the failure", manager.socket("/").connect()).await {
        Err(ConnectError::Io(error)) => {
            assert_eq!(error.kind, IoErrorKind::Connect);
            error.message
        }
        other => panic!("{other:?} instead of a failure"),
    }
}

async fn nobody() -> String {
    let nobody = Stranger::start("200 OK", "text/plain", "").await;
    nobody.url()
}

/// The shared server takes every page, but not its cookies: with them, a page is refused.
fn shut() -> String {
    Which::Node484.shared()
}

/// What the words are worth: where nothing is wrong there is none.
#[wasm_bindgen_test]
async fn without_credentials_that_server_is_open() {
    let socket = builder(&shut(), POLLING).build().unwrap().socket("/");
    join(&socket).await;
}
