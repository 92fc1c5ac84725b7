//! A page's socket takes any amount at once and has no event for when it has left. What has not left is held back here,
//! so that buffers have their limits and `volatile` means something.

use serde_json::json;
use sockeye_tests::{Proxy, Which, deadline, within};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{WEBSOCKET, ask, builder, join};

#[wasm_bindgen_test]
async fn much_on_a_slow_way() {
    let proxy = Proxy::start(Which::Node484.shared_port());
    let socket = builder(&proxy.url(), WEBSOCKET).build().unwrap().socket("/");
    join(&socket).await;
    proxy.bandwidth(Some(16_000_000));
    let text = "x".repeat(100_000);
    let mut echoes = socket.on("echo");
    for number in 0..80 {
        socket.emit("echo", &(number, &text)).unwrap();
    }
    // The machine gives a megabyte away at once; the rest waits until that has left.
    deadline::until("the first to leave", || socket.buffered().0 < 80).await;
    assert!(socket.buffered().0 > 40, "{:?} is all that waits", socket.buffered());
    let before = socket.counters().dropped;
    socket.volatile().emit("echo", "not now").unwrap();
    assert_eq!(socket.counters().dropped, before + 1);
    for number in 0..80 {
        let message = within("the echo", echoes.next()).await.unwrap();
        let (index, echo): (u32, &str) = message.data().unwrap();
        assert_eq!((index, echo.len()), (number, text.len()));
    }
    assert_eq!(socket.buffered(), (0, 0));
    assert_eq!(ask(&socket, "echo", &json!("done")).await, "done");
}
