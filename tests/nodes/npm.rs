//! The npm package in Node, among native clients.

use std::io::Write;

use serde_json::{Value, json};
use sockeye_tests::deadline::until;

use crate::balancer::Affinity;
use crate::member::{Member, Way};
use crate::nodes::{Kind, Nodes, here};
use crate::process::Process;

#[tokio::test]
async fn over_polling_it_talks_across_nodes_and_comes_back_when_its_own_dies() {
    talks_and_comes_back(&["polling"]).await;
}

#[tokio::test]
async fn over_websocket_it_talks_across_nodes_and_comes_back_when_its_own_dies() {
    talks_and_comes_back(&["websocket"]).await;
}

#[tokio::test]
async fn after_an_upgrade_it_talks_across_nodes_and_comes_back_when_its_own_dies() {
    talks_and_comes_back(&["polling", "websocket"]).await;
}

async fn talks_and_comes_back(transports: &[&str]) {
    let Some(mut nodes) = Nodes::start(Kind::Rust, Affinity::Cookie).await else { return };
    let Some(mut npm) = Npm::start(&nodes.url(), transports) else { return };
    npm.tells("where it stays", 1, |it| it["settled"] == *transports.last().unwrap()).await;
    npm.tells("its arrival", 1, |it| it["joined"] == "ok").await;
    let node = nodes.balancer.last_node(1).await;
    let mut ann = Member::enter(&nodes.url(), None, "ann", Way::Upgrade).await;

    npm.0.say("from npm");
    assert_eq!(ann.hears("from npm").await["user"], "npm");
    ann.say("from Rust").await;
    npm.tells("what ann said", 1, |it| it["text"] == "from Rust").await;
    for request in nodes.balancer.requests().iter().filter(|it| !it.is_first) {
        assert_eq!(request.cookie.as_ref(), Some(&request.node), "{request:?}");
    }

    nodes.node(&node).kill();
    npm.tells("the loss", 1, |it| it["lost"].is_string()).await;
    npm.tells("its second arrival", 2, |it| it["joined"] == "ok").await;
    npm.0.say("from another node");
    ann.hears("from another node").await;
    assert!(ann.is_undisturbed());
}

/// In the reference's words: what the server said is in `context` (F014).
#[tokio::test]
async fn without_affinity_it_tells_what_came_back() {
    let Some(nodes) = Nodes::start(Kind::Rust, Affinity::Nothing).await else { return };
    let Some(npm) = Npm::start(&nodes.url(), &["polling"]) else { return };
    let told = npm.tells("a loss", 1, |it| it["lost"] == "transport error").await;
    assert_eq!((&told["message"], &told["description"]), (&json!("xhr poll error"), &json!(400)), "{told}");
    assert!(told["answer"].as_str().unwrap().contains("Session ID unknown"), "{told}");
}

/// `member.mjs`.
struct Npm(Process);

impl Npm {
    fn start(url: &str, transports: &[&str]) -> Option<Self> {
        let folder = here();
        if !folder.join("../../client-wasm/npm/dist/node.js").is_file() {
            let told = "skipped, as the npm package is not built: cargo run -p sockeye-pack\n";
            std::io::stderr().write_all(told.as_bytes()).unwrap();
            return None;
        }
        Some(Self(Process::node(&folder, &[&["member.mjs", url, "npm"], transports].concat())))
    }

    /// Waits until it has told so many things of that kind, and gives the last.
    async fn tells(&self, what: &str, count: usize, is_it: impl Fn(&Value) -> bool) -> Value {
        let told = || {
            let values = self.0.lines().into_iter().filter_map(|line| serde_json::from_str(&line).ok());
            values.filter(|it| is_it(it)).nth(count - 1)
        };
        until(what, || told().is_some()).await;
        told().unwrap()
    }
}
