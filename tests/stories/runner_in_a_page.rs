//! One test in the browser for each story, server and way to connect; older servers and the one in Python are met natively.

use std::time::Duration;

use sockeye_tests::deadline::within_time;

use crate::setting::Setting;

/// `stories!(everywhere: hello, rooms)`, or `stories!(but_rust: closed_by_the_server)`: where a server is left out, the story
/// says why.
macro_rules! stories {
    (everywhere: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story node_4_8_4 rust);)+
    };
    (but_python: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story node_4_8_4 rust);)+
    };
    (but_rust: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story node_4_8_4);)+
    };
    (tells_max_payload: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story node_4_8_4 rust);)+
    };
    ($server:ident: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story $server);)+
    };
    (@one $story:ident $($server:ident)+) => {
        mod $story {
            $(mod $server {
                use wasm_bindgen_test::wasm_bindgen_test;

                #[wasm_bindgen_test]
                async fn polling() {
                    crate::runner::run(crate::place::$server().polling(), super::super::$story).await;
                }
                #[wasm_bindgen_test]
                async fn websocket() {
                    crate::runner::run(crate::place::$server().websocket(), super::super::$story).await;
                }
                #[wasm_bindgen_test]
                async fn upgrade() {
                    crate::runner::run(crate::place::$server().upgrade(), super::super::$story).await;
                }
            })+
        }
    };
}

/// Tells a story. Whether something is left of it cannot be seen from here; `client-wasm/tests/page/nothing_left.rs` looks.
pub(crate) async fn run<F: Future<Output = ()>>(setting: Setting, story: impl FnOnce(Setting) -> F) {
    within_time(STORY, "the end of the story", story(setting)).await;
}

/// The longest a story may take.
const STORY: Duration = Duration::from_mins(1);
