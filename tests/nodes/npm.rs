//! The npm package in Node and in browsers, among native clients.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sockeye_tests::deadline::until;

use crate::balancer::{Affinity, Balancer};
use crate::member::{Member, Way};
use crate::nodes::{Kind, Nodes, here, is_here, skip};
use crate::process::Process;

/// Where the package runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Node,
    Chromium,
    Firefox,
}

pub(crate) async fn talks_and_comes_back(place: Place, kind: Kind, way: Way) {
    let Some(mut nodes) = Nodes::start(kind, Affinity::Cookie).await else { return };
    let Some(mut npm) = Npm::start(place, &nodes.url(), way, &json!({})) else { return };
    npm.settles(way).await;
    let node = nodes.balancer.last_node(1).await;
    let mut ann = Member::enter(&nodes.url(), None, "ann", Way::Upgrade).await;
    assert_ne!(nodes.balancer.last_node(2).await, node, "they are on two nodes");

    npm.process.say("from npm");
    assert_eq!(ann.hears("from npm").await["user"], "npm");
    ann.say("from Rust").await;
    npm.tells("what ann said", 1, |it| it["text"] == "from Rust").await;
    keeps_to_its_cookie(&nodes.balancer, way);

    nodes.node(&node).kill();
    npm.tells("the loss", 1, |it| it["lost"].is_string()).await;
    npm.tells("its second arrival", 2, |it| it["joined"] == "ok").await;
    assert_ne!(nodes.balancer.last_node(3).await, node);
    npm.process.say("from another node");
    ann.hears("from another node").await;
    ann.say("so I hear").await;
    npm.tells("what ann said then", 1, |it| it["text"] == "so I hear").await;
    assert!(ann.is_undisturbed());
}

/// Every request of a session but the first names the node it goes to; the kinds that this way needs were among them.
fn keeps_to_its_cookie(balancer: &Balancer, way: Way) {
    let requests = balancer.requests();
    for request in requests.iter().filter(|it| !it.is_first) {
        assert_eq!(request.cookie.as_ref(), Some(&request.node), "{request:?}");
    }
    let kinds: BTreeSet<_> = requests.iter().map(|it| (it.method.as_str(), it.is_websocket)).collect();
    let needed: &[_] = match way {
        Way::Polling => &[("GET", false), ("POST", false)],
        Way::WebSocket => &[("GET", true)],
        Way::Upgrade => &[("GET", true), ("POST", false)],
    };
    assert!(needed.iter().all(|it| kinds.contains(it)), "{kinds:?}");
}

/// With what was said meanwhile (P-104).
pub(crate) async fn a_session_goes_on_at_another_node(place: Place, way: Way) {
    let Some(mut nodes) = Nodes::start(Kind::Streams, Affinity::Cookie).await else { return };
    // Away for long enough that all is said before; if it is not, it is heard all the same.
    let options = json!({ "reconnectionDelay": 1_000, "reconnectionDelayMax": 1_000 });
    let Some(mut npm) = Npm::start(place, &nodes.url(), way, &options) else { return };
    npm.settles(way).await;
    let node = nodes.balancer.last_node(1).await;
    let mut ann = Member::enter(&nodes.url(), None, "ann", Way::WebSocket).await;
    // It gives the offset from which the session goes on.
    ann.say("before").await;
    npm.tells("what came before", 1, |it| it["text"] == "before").await;

    nodes.node(&node).terminate();
    npm.tells("the loss", 1, |it| it["lost"].is_string()).await;
    for number in 0..5 {
        ann.say(&format!("missed {number}")).await;
    }
    let back = npm.tells("the way back", 2, |it| it["connected"] == true).await;
    assert_eq!(back["recovered"], true);
    assert_ne!(nodes.balancer.last_node(3).await, node);
    npm.process.say("here again");
    ann.hears("here again").await;
    npm.tells("its own words", 1, |it| it["text"] == "here again").await;
    let heard = npm.told().filter_map(|it| Some(it["text"].as_str()?.to_owned())).collect::<Vec<_>>();
    let expected = ["before", "missed 0", "missed 1", "missed 2", "missed 3", "missed 4", "here again"]
        .map(str::to_owned);
    assert_eq!(heard, expected, "in order, and once");
}

/// In the reference's words: what the server said is in `context` (F014).
pub(crate) async fn without_affinity_it_tells_what_came_back(place: Place) {
    let Some(nodes) = Nodes::start(Kind::Rust, Affinity::Nothing).await else { return };
    let Some(npm) = Npm::start(place, &nodes.url(), Way::Polling, &json!({})) else { return };
    let told = npm.tells("a loss", 1, |it| it["lost"] == "transport error").await;
    // Whichever of the two requests came to another node first.
    let words = told["message"].as_str().unwrap();
    assert!(["xhr poll error", "xhr post error"].contains(&words), "{told}");
    assert_eq!(told["description"], 400, "{told}");
    assert!(told["answer"].as_str().unwrap().contains("Session ID unknown"), "{told}");
}

/// `member.mjs` or `page.mjs`.
struct Npm {
    process: Process,
}

impl Npm {
    fn start(place: Place, url: &str, way: Way, options: &Value) -> Option<Self> {
        if let Some(missing) = place.missing() {
            skip(missing);
            return None;
        }
        let program: &[_] = match place {
            Place::Node => &["member.mjs"],
            Place::Chromium => &["page.mjs", "chromium"],
            Place::Firefox => &["page.mjs", "firefox"],
        };
        let transports: &[_] = match way {
            Way::Polling => &["polling"],
            Way::WebSocket => &["websocket"],
            Way::Upgrade => &["polling", "websocket"],
        };
        let options = options.to_string();
        let arguments = [program, &[url, "npm", &options], transports].concat();
        Some(Self { process: Process::node(&here(), &arguments) })
    }

    /// Waits until it is in the chat, by the last of its transports.
    async fn settles(&self, way: Way) {
        let last = if way == Way::Polling { "polling" } else { "websocket" };
        self.tells("where it stays", 1, |it| it["settled"] == last).await;
        self.tells("its arrival", 1, |it| it["joined"] == "ok").await;
    }

    /// Waits until it has told so many things of that kind, and gives the last.
    async fn tells(&self, what: &str, count: usize, is_it: impl Fn(&Value) -> bool) -> Value {
        let told = || self.told().filter(|it| is_it(it)).nth(count - 1);
        until(what, || told().is_some()).await;
        told().unwrap()
    }

    fn told(&self) -> impl Iterator<Item = Value> {
        self.process.lines().into_iter().filter_map(|line| serde_json::from_str(&line).ok())
    }
}

impl Place {
    /// What is not here, and how to get it.
    fn missing(self) -> Option<&'static str> {
        let there = |path: &str| here().join(path).exists();
        if !there("../../client-wasm/npm/dist/node.js") {
            return Some("the npm package is not built: cargo run -p sockeye-pack");
        }
        let (program, told) = match self {
            Self::Node => return None,
            Self::Chromium => ("chromium", "chromium is not here: apt-get install chromium"),
            Self::Firefox => ("firefox-esr", "firefox-esr is not here: apt-get install firefox-esr"),
        };
        if !there("../browser/npm/node_modules/puppeteer-core") {
            return Some("nothing drives a browser: npm ci --prefix tests/browser/npm");
        }
        (!is_here(program)).then_some(told)
    }
}
