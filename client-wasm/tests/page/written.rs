//! A write is answered with `ok`; who answers something else has not taken it (F032, P-18).

use js_sys::eval;
use sockeye_wasm::{CloseDetails, IoErrorKind, Lifecycle};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{POLLING, join, next, official};

#[wasm_bindgen_test]
async fn with_a_page() {
    let error = answered("<html>captive portal").await;
    assert!(error.contains("<html>captive portal"), "{error}");
}

#[wasm_bindgen_test]
async fn with_nothing() {
    answered("").await;
}

#[wasm_bindgen_test]
async fn with_a_page_without_end() {
    let error = answered(&"x".repeat(1_000_000)).await;
    assert!((1_000..2_000).contains(&error.len()), "{} bytes", error.len());
}

/// What is told of a write that is answered with 200 and this.
async fn answered(body: &str) -> String {
    let socket = official(POLLING).config(|it| it.reconnection = false).build().unwrap().socket("/");
    join(&socket).await;
    let mut lifecycle = socket.lifecycle();
    eval(&format!("{ANSWERING}; answer({body:?})")).unwrap();
    socket.emit("echo", "lost").unwrap();
    let told = next(&mut lifecycle).await;
    eval("globalThis.fetch = globalThis.asked").unwrap();
    match told {
        Lifecycle::Disconnect { details: CloseDetails::Io(error), .. } => {
            assert_eq!(error.kind, IoErrorKind::Protocol, "{error:?}");
            error.message
        }
        other => panic!("{other:?} instead of a disconnect"),
    }
}

/// From `answer(body)` on no POST meets the server.
const ANSWERING: &str = r"
  globalThis.asked = globalThis.fetch;
  globalThis.answer = (body) => (globalThis.fetch = async (url, init) =>
    init.method === 'POST' ? new Response(body) : asked(url, init));
";
