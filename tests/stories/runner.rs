//! One test for each story, server and way to connect.

use std::time::Duration;

use sockeye_tests::deadline::{until, within_time};
use tokio::runtime::{Builder, Runtime};

use crate::setting::{Setting, Transports};

/// `stories!(everywhere: hello, rooms)`, or `stories!(but_rust: closed_by_the_server)`: where a server is left out, the story
/// says why.
macro_rules! stories {
    (everywhere: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story node_4_8_4 node_4_0 node_3_1 rust python);)+
    };
    (but_python: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story node_4_8_4 node_4_0 node_3_1 rust);)+
    };
    (but_rust: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story node_4_8_4 node_4_0 node_3_1 python);)+
    };
    (tells_max_payload: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story node_4_8_4 rust python);)+
    };
    ($server:ident: $($story:ident),+ $(,)?) => {
        $(stories!(@one $story $server);)+
    };
    (@one $story:ident $($server:ident)+) => {
        mod $story {
            $(mod $server {
                #[test]
                fn polling() {
                    crate::runner::run(crate::place::$server().polling(), super::super::$story);
                }
                #[test]
                fn websocket() {
                    crate::runner::run(crate::place::$server().websocket(), super::super::$story);
                }
                #[test]
                fn upgrade() {
                    crate::runner::run(crate::place::$server().upgrade(), super::super::$story);
                }
            })+
        }
    };
}

/// Tells a story, and looks that nothing is left of it: when the last handle is gone the driver's task ends,
/// and so does every task of HTTP.
///
/// The kind of runtime goes with the transports, so that each story meets both.
pub(crate) fn run<F: Future<Output = ()>>(setting: Setting, story: impl FnOnce(Setting) -> F) {
    if !setting.server.is_here() {
        return;
    }
    let runtime = runtime(setting.transports);
    runtime.block_on(async {
        within_time(STORY, "the end of the story", story(setting)).await;
        nothing_left(&runtime).await;
    });
}

fn runtime(transports: Transports) -> Runtime {
    let mut builder = match transports {
        Transports::PollingOnly | Transports::WebSocketOnly => Builder::new_current_thread(),
        Transports::Upgrade => Builder::new_multi_thread(),
    };
    builder.worker_threads(2).enable_all().build().expect("a runtime")
}

async fn nothing_left(runtime: &Runtime) {
    let metrics = runtime.metrics();
    until("the end of every task", || metrics.num_alive_tasks() == 0).await;
}

/// The longest a story may take.
const STORY: Duration = Duration::from_mins(1);
