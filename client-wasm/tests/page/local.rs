//! A provider of auth that awaits a promise, which cannot leave its thread.

use js_sys::{Promise, eval};
use serde_json::json;
use sockeye_tests::within;
use sockeye_wasm::{Args, AuthError, ConnectError, local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{WEBSOCKET, join, official};

#[wasm_bindgen_test]
async fn a_token_by_promise() {
    let socket = official(WEBSOCKET).build().unwrap().socket("/secure");
    socket.set_auth_provider(|| local(token("new Promise((done) => setTimeout(done, 5, 'mysecrettoken'))")));
    join(&socket).await;
}

#[wasm_bindgen_test]
async fn a_promise_that_is_broken() {
    let socket = official(WEBSOCKET).build().unwrap().socket("/secure");
    socket.set_auth_provider(|| local(token("Promise.reject(new Error('no'))")));
    let result = within("the refusal", socket.connect()).await;
    assert!(matches!(result, Err(ConnectError::Auth)), "{result:?}");
}

async fn token(promise: &str) -> Result<Args, AuthError> {
    let promise: Promise = eval(promise).unwrap().unchecked_into();
    let token = JsFuture::from(promise).await.map_err(|_| AuthError::Refused)?;
    Ok(Args::auth(&json!({ "token": token.as_string() }))?)
}
