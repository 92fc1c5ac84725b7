//! When the last handle is dropped, nothing of a connection is left in the page, nor at the server.

use std::time::Duration;

use js_sys::eval;
use serde_json::{Value, json};
use sockeye_tests::{Options, Proxy, Server, Which, deadline, within};
use sockeye_wasm::{ManagerEvent, Transport};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{POLLING, UPGRADE, WEBSOCKET, ask, builder, end, join, until};

#[wasm_bindgen_test]
async fn polling() {
    leaves_nothing(POLLING).await;
}

#[wasm_bindgen_test]
async fn websocket() {
    leaves_nothing(WEBSOCKET).await;
}

#[wasm_bindgen_test]
async fn upgrade() {
    leaves_nothing(UPGRADE).await;
}

/// A poll that nobody answers any more is aborted: it would hold one of the few connections that a page has to a server.
#[wasm_bindgen_test]
async fn a_poll_that_is_held() {
    eval(COUNTING).unwrap();
    let proxy = Proxy::start(Which::Node484.shared_port());
    let builder = builder(&proxy.url(), POLLING).config(|it| it.close_timeout = Duration::from_millis(100));
    let manager = builder.build().unwrap();
    let events = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    proxy.black_hole(true);
    drop((socket, manager));
    end(events).await;
    assert_eq!(counted()["requests"], 0);
}

/// A page keeps what it was given until it is told otherwise, so everything it is given is counted.
async fn leaves_nothing(transports: &[Transport]) {
    eval(COUNTING).unwrap();
    // Connections of other tests may still say goodbye.
    until_counted(|counted| counted["sockets"] == 0 && counted["requests"] == 0 && counted["listeners"] == 0)
        .await;
    let server = Server::start(Which::Node484, Options::default()).await;
    let observer = builder(&server.url(), WEBSOCKET).build().unwrap().socket("/admin");
    join(&observer).await;
    let mut before = Value::Null;
    until_counted(|counted| {
        before = counted;
        true
    })
    .await;

    let manager = builder(&server.url(), transports).build().unwrap();
    let events = manager.events();
    let mut moved = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    if transports == UPGRADE {
        until(&mut moved, "the upgrade", |it| matches!(it, ManagerEvent::Upgrade(_))).await;
    }
    assert_eq!(ask(&socket, "echo", &json!("here")).await, "here");
    assert_eq!(ask(&observer, "count", &json!(null)).await, 1);
    let during = counted();
    for kept in ["listeners", "timers", if transports == POLLING { "requests" } else { "sockets" }] {
        assert!(during[kept].as_u64() > before[kept].as_u64(), "{kept} are not counted: {during}");
    }

    drop((socket, manager, moved));
    end(events).await;
    until_counted(|counted| counted == before).await;
    within("the server to see it go", async { while ask(&observer, "count", &json!(null)).await != 0 {} })
        .await;
}

/// A deadline is a timer as well, so what is compared is always counted under one.
async fn until_counted(mut is: impl FnMut(Value) -> bool) {
    deadline::until("nothing to be left", || is(counted())).await;
}

fn counted() -> Value {
    serde_json::from_str(&eval("counted()").unwrap().as_string().unwrap()).unwrap()
}

/// `counted()` is what the page keeps for this program, of what it was given since this ran first: listeners, timers,
/// requests, sockets that are not closed.
const COUNTING: &str = r"
if (!globalThis.counted) {
  let listeners = [];
  const timers = new Set();
  const requests = new Set();
  const sockets = new Set();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (...all) {
    listeners.push([this, ...all]);
    return addEventListener.apply(this, all);
  };
  EventTarget.prototype.removeEventListener = function (...all) {
    listeners = listeners.filter((it) => ![this, ...all].every((part, at) => part === it[at]));
    return removeEventListener.apply(this, all);
  };
  const { setTimeout, clearTimeout, fetch, WebSocket } = globalThis;
  globalThis.setTimeout = (call, ...rest) => {
    const id = setTimeout((...all) => {
      timers.delete(id);
      call(...all);
    }, ...rest);
    timers.add(id);
    return id;
  };
  globalThis.clearTimeout = (id) => {
    timers.delete(id);
    clearTimeout(id);
  };
  globalThis.fetch = (url, init) => {
    const request = { signal: init.signal };
    requests.add(request);
    const answer = fetch(url, init);
    answer.then(() => requests.delete(request), () => requests.delete(request));
    return answer;
  };
  globalThis.WebSocket = class extends WebSocket {
    constructor(...all) {
      super(...all);
      sockets.add(this);
    }
  };
  globalThis.counted = () => {
    const open = [...sockets].filter((it) => it.readyState < WebSocket.CLOSING);
    const waiting = [...requests].filter((it) => !it.signal.aborted);
    const kept = { listeners: listeners.length, timers: timers.size, requests: waiting.length, sockets: open.length };
    return JSON.stringify(kept);
  };
}
";
