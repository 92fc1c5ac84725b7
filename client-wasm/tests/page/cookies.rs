//! Cookies of another origin come along when they are asked for, and only then (O-19).

use js_sys::{Reflect, global};
use serde_json::{Value, json};
use sockeye_tests::{Options, Server, Which};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{POLLING, ask, builder, join};

#[wasm_bindgen_test]
async fn with_credentials() {
    let server = server().await;
    assert_eq!(cookie_at_handshake(&server, true).await, Value::Null);
    let cookie = cookie_at_handshake(&server, true).await;
    assert!(cookie.as_str().is_some_and(|it| it.contains("sticky=")), "{cookie}");
    assert_eq!(cookie_at_handshake(&server, false).await, Value::Null);
}

/// What the server saw of it when the session began.
async fn cookie_at_handshake(server: &Server, credentials: bool) -> Value {
    let builder = builder(&server.url(), POLLING).net(|net| net.credentials = credentials);
    let socket = builder.build().unwrap().socket("/handshake");
    join(&socket).await;
    ask(&socket, "handshake", &json!(null)).await["headers"]["cookie"].clone()
}

/// It gives each session a cookie. A browser keeps cookies by host and not by port, so another test's may be there: the
/// name is new with each run of the browser, and this is the only test that takes any.
async fn server() -> Server {
    let location = Reflect::get(&global(), &"location".into()).unwrap();
    let page = Reflect::get(&location, &"origin".into()).unwrap().as_string();
    Server::start(Which::Node484, Options { cookies_for: page, ..Options::default() }).await
}
