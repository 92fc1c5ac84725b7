//! A write is not sent again, wherever a server leads it (F012).

use js_sys::eval;
use sockeye_tests::http::Stranger;
use sockeye_wasm::{CloseDetails, IoErrorKind, Lifecycle};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::setting::{POLLING, join, next, official};

/// If it were followed, the server would take it, and the connection would stand.
#[wasm_bindgen_test]
async fn a_post_follows_none() {
    eval(LEADING).unwrap();
    let socket = official(POLLING).config(|it| it.reconnection = false).build().unwrap().socket("/");
    join(&socket).await;
    let mut lifecycle = socket.lifecycle();
    let to = eval("session").unwrap().as_string().unwrap();
    let server =
        Stranger::start(&format!("307 Temporary Redirect\r\nlocation: {to}"), "text/plain", "").await;
    eval(&format!("lead({:?})", server.url())).unwrap();
    socket.emit("flood", &(1, 10)).unwrap();
    let told = next(&mut lifecycle).await;
    eval("leave()").unwrap();
    match told {
        Lifecycle::Disconnect { details: CloseDetails::Io(error), .. } => {
            assert_eq!(error.kind, IoErrorKind::Redirect, "{error:?}");
        }
        other => panic!("{other:?} instead of a disconnect"),
    }
}

/// `session` is where the session polls; after `lead(to)` each POST meets the server at `to`, until `leave()`.
const LEADING: &str = r"
  const asked = globalThis.fetch;
  let leader;
  globalThis.fetch = (url, init) => {
    if (init.method === 'GET') globalThis.session = url;
    return asked((init.method === 'POST' && leader) || url, init);
  };
  globalThis.lead = (to) => (leader = to);
  globalThis.leave = () => (globalThis.fetch = asked);
";
