//! The page says that its network is gone, or back, and that it was away (A-120, A-121, F131).

use std::time::Duration;

use futures_util::FutureExt;
use js_sys::{Reflect, eval, global};
use serde_json::json;
use sockeye_tests::{Options, Proxy, Server, Which, deadline::for_a_while};
use sockeye_wasm::{CloseDetails, DisconnectReason, Lifecycle, Manager, ManagerEvent, State};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventTarget};

use crate::setting::{WEBSOCKET, ask, builder, join, next, official, until};

#[wasm_bindgen_test]
async fn offline_ends_the_connection_at_once() {
    let socket = official(WEBSOCKET).build().unwrap().socket("/");
    join(&socket).await;
    let mut lifecycle = socket.lifecycle();
    happen("offline");
    match next(&mut lifecycle).await {
        Lifecycle::Disconnect { reason, details } => {
            assert_eq!((reason, details), (DisconnectReason::TransportClose, CloseDetails::Offline));
        }
        other => panic!("{other:?} instead of a disconnect"),
    }
    // It goes on trying: a browser may be wrong about this.
    assert!(matches!(next(&mut lifecycle).await, Lifecycle::Connect { .. }));
}

#[wasm_bindgen_test]
async fn this_computer_is_never_offline() {
    let url = Which::Node484.shared().replace("127.0.0.1", "localhost");
    heeds_nothing(builder(&url, WEBSOCKET)).await;
}

#[wasm_bindgen_test]
async fn unless_it_is_told_not_to_listen() {
    heeds_nothing(official(WEBSOCKET).net(|net| net.page_life = false)).await;
}

async fn heeds_nothing(builder: sockeye_wasm::ManagerBuilder) {
    let socket = builder.build().unwrap().socket("/");
    join(&socket).await;
    let mut lifecycle = socket.lifecycle();
    happen("offline");
    assert_eq!(ask(&socket, "echo", &json!("still")).await, "still");
    assert!(lifecycle.next().now_or_never().is_none());
}

/// Whose next attempt is due long after the test.
fn that_waits(url: &str) -> Manager {
    let builder = builder(url, WEBSOCKET).config(|config| {
        config.reconnection_delay = Duration::from_mins(10);
        config.reconnection_delay_max = Duration::from_mins(10);
    });
    builder.build().unwrap()
}

#[wasm_bindgen_test]
async fn online_starts_an_attempt_that_waits() {
    let server = Server::start(Which::Node484, Options::default()).await;
    let proxy = Proxy::start(server.port());
    let manager = that_waits(&proxy.url());
    let mut events = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    proxy.down().await;
    until(&mut events, "the delay", |it| matches!(it, ManagerEvent::ReconnectScheduled { .. })).await;
    proxy.up().await;
    assert!(matches!(manager.state(), State::Reconnecting { .. }));
    happen("online");
    until(&mut events, "the return", |it| matches!(it, ManagerEvent::Reconnect(1))).await;

    // It opens nothing that is idle on purpose.
    socket.disconnect();
    until(&mut events, "the end", |it| matches!(it, ManagerEvent::Close { .. })).await;
    happen("online");
    let other = official(WEBSOCKET).build().unwrap().socket("/");
    join(&other).await;
    assert_eq!(manager.state(), State::Idle);
}

/// The clock is looked at on return, and not only when a timer rings, which may be late: here they never ring at all. Two
/// seconds is the shortest silence that ends a connection, however short the server has it.
#[wasm_bindgen_test]
async fn a_return_looks_at_the_heartbeat() {
    let heartbeat = Some((Duration::from_millis(300), Duration::from_millis(200)));
    let server = Server::start(Which::Node484, Options { heartbeat, ..Options::default() }).await;
    let proxy = Proxy::start(server.port());
    eval(FROZEN).unwrap();
    let socket = builder(&proxy.url(), WEBSOCKET).build().unwrap().socket("/");
    // Without a deadline of the test's own, which would be a timer.
    socket.connect().await.unwrap();
    let mut lifecycle = socket.lifecycle();
    proxy.black_hole(true);
    eval("thaw()").unwrap();
    let nothing = for_a_while(Duration::from_millis(2_500), lifecycle.next()).await;
    assert!(nothing.is_none(), "{nothing:?}: a timer rang");
    happen("pageshow");
    match next(&mut lifecycle).await {
        Lifecycle::Disconnect { reason, .. } => assert_eq!(reason, DisconnectReason::PingTimeout),
        other => panic!("{other:?} instead of a disconnect"),
    }
}

/// Sleep counts, though the page's `performance.now()` stands still in it (F059).
#[wasm_bindgen_test]
async fn a_return_from_sleep_looks_at_the_heartbeat() {
    let scope: EventTarget = global().unchecked_into();
    let document = Reflect::get(&global(), &"document".into()).unwrap().dyn_into::<EventTarget>().ok();
    let resumed = document.iter().flat_map(|it| [("visibilitychange", it), ("resume", it)]);
    for (name, target) in resumed.chain([("pageshow", &scope)]) {
        let socket = official(WEBSOCKET).build().unwrap().socket("/");
        join(&socket).await;
        let mut lifecycle = socket.lifecycle();
        set_the_clock(3_600_000);
        target.dispatch_event(&Event::new(name).unwrap()).unwrap();
        let told = next(&mut lifecycle).await;
        eval("right()").unwrap();
        match told {
            Lifecycle::Disconnect { reason, .. } => {
                assert_eq!(reason, DisconnectReason::PingTimeout, "{name}");
            }
            other => panic!("{other:?} instead of a disconnect on {name}"),
        }
    }
}

/// What is due is due when it would have been (F060).
#[wasm_bindgen_test]
async fn a_clock_that_is_set_back() {
    let manager = official(WEBSOCKET)
        .config(|config| config.reconnection_delay = Duration::from_millis(500))
        .build()
        .unwrap();
    let mut events = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    happen("offline");
    until(&mut events, "the delay", |it| matches!(it, ManagerEvent::ReconnectScheduled { .. })).await;
    set_the_clock(-3_600_000);
    until(&mut events, "the return", |it| matches!(it, ManagerEvent::Reconnect(1))).await;
    eval("right()").unwrap();
}

/// It lets go, so that the browser may keep it; and it need not wait for a delay when it is shown again (F131).
#[wasm_bindgen_test]
async fn a_page_that_is_put_away_and_shown_again() {
    // Of this computer, too: what is offline there is the page.
    let url = Which::Node484.shared().replace("127.0.0.1", "localhost");
    let manager = that_waits(&url);
    let mut events = manager.events();
    let socket = manager.socket("/");
    join(&socket).await;
    let mut lifecycle = socket.lifecycle();

    // One that goes for good needs nothing: the browser ends what it has.
    turn("pagehide", false);
    assert_eq!(ask(&socket, "echo", &json!("still")).await, "still");
    assert!(lifecycle.next().now_or_never().is_none());

    turn("pagehide", true);
    match next(&mut lifecycle).await {
        Lifecycle::Disconnect { reason, .. } => assert_eq!(reason, DisconnectReason::TransportClose),
        other => panic!("{other:?} instead of a disconnect"),
    }
    until(&mut events, "the delay", |it| matches!(it, ManagerEvent::ReconnectScheduled { .. })).await;
    turn("pageshow", true);
    until(&mut events, "the return", |it| matches!(it, ManagerEvent::Reconnect(1))).await;
}

/// Timers that are set meanwhile never ring; those that are set after `thaw` do.
const FROZEN: &str = r"
  const ringing = globalThis.setTimeout;
  globalThis.setTimeout = () => 0;
  globalThis.thaw = () => (globalThis.setTimeout = ringing);
";

/// By so many milliseconds, until `right()`.
fn set_the_clock(by: i32) {
    eval(&format!(
        "const now = Date.now; Date.now = () => now() + {by}; globalThis.right = () => (Date.now = now)"
    ))
    .unwrap();
}

/// As the browser would say it.
fn happen(name: &str) {
    let scope: EventTarget = global().unchecked_into();
    scope.dispatch_event(&Event::new(name).unwrap()).unwrap();
}

/// As the browser says that a page goes or comes; `persisted` when it is, or was, in the back-forward cache.
fn turn(name: &str, persisted: bool) {
    let event = Event::new(name).unwrap();
    Reflect::set(&event, &"persisted".into(), &persisted.into()).unwrap();
    let scope: EventTarget = global().unchecked_into();
    scope.dispatch_event(&event).unwrap();
}
