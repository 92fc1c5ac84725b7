//! A session goes on at another node, with what it missed, where the adapter keeps sessions (P-104).

use std::time::Duration;

use futures_util::FutureExt;
use serde_json::{Value, json};
use sockeye_native::{Lifecycle, Recovery};
use sockeye_tests::within;

use crate::balancer::Affinity;
use crate::member::{Way, ask, first};
use crate::nodes::{Kind, Nodes};

/// How a node goes.
#[derive(Clone, Copy, Debug)]
enum End {
    /// It is asked to: by a rolling update, say.
    Asked,
    Crash,
}

#[tokio::test]
async fn a_node_that_is_asked_to_end_leaves_its_sessions_to_the_others_over_polling() {
    found_again(Kind::Streams, End::Asked, Way::Polling, Recovery::Recovered).await;
}

#[tokio::test]
async fn a_node_that_is_asked_to_end_leaves_its_sessions_to_the_others_over_websocket() {
    found_again(Kind::Streams, End::Asked, Way::WebSocket, Recovery::Recovered).await;
}

#[tokio::test]
async fn a_node_that_is_asked_to_end_leaves_its_sessions_to_the_others_after_an_upgrade() {
    found_again(Kind::Streams, End::Asked, Way::Upgrade, Recovery::Recovered).await;
}

/// It had no time to tell.
#[tokio::test]
async fn a_node_that_crashes_does_not() {
    found_again(Kind::Streams, End::Crash, Way::Upgrade, Recovery::NotFound).await;
}

/// Its events have no offsets from which one could go on.
#[tokio::test]
async fn the_redis_adapter_keeps_none() {
    found_again(Kind::PubSub, End::Asked, Way::Upgrade, Recovery::NoOffset).await;
}

async fn found_again(kind: Kind, end: End, way: Way, expected: Recovery) {
    let Some(mut nodes) = Nodes::start(kind, Affinity::Cookie).await else { return };
    // Away until all that is to be missed was said.
    let patient = way.builder(&nodes.url(), None).config(|config| {
        config.reconnection_delay = Duration::from_mins(10);
        config.reconnection_delay_max = Duration::from_mins(10);
    });
    let (ann, ben) = (patient.build().unwrap(), Way::WebSocket.manager(&nodes.url(), None));
    let (lost, stays) = (ann.socket("/recovery"), ben.socket("/recovery"));
    let (mut lifecycle, mut missed) = (lost.lifecycle(), lost.on("missed"));
    within("ann to be there", lost.connect()).await.unwrap();
    let node = nodes.balancer.last_node(1).await;
    within("ben to be there", stays.connect()).await.unwrap();
    let id = lost.id().unwrap();
    ask(&lost, "join", "room").await;
    ask(&stays, "publish", &("room", "seen")).await;
    assert_eq!(within("a message", missed.next()).await.unwrap().data::<Value>().unwrap(), "seen");

    match end {
        End::Asked => nodes.node(&node).terminate(),
        End::Crash => nodes.node(&node).kill(),
    }
    first(&mut lifecycle, "the loss", |it| matches!(it, Lifecycle::Disconnect { .. })).await;
    for number in 0..5 {
        ask(&stays, "publish", &("room", number)).await;
    }
    ann.reconnect_now();
    let back = first(&mut lifecycle, "the way back", |it| matches!(it, Lifecycle::Connect { .. })).await;
    let Lifecycle::Connect { id: now, recovery } = back else { unreachable!("it was looked for") };
    assert_eq!((recovery, now == id), (expected, expected.recovered()));
    assert_ne!(nodes.balancer.last_node(3).await, node);

    // In their order, before the connect; without recovery they are gone for good.
    let heard: Vec<Value> =
        std::iter::from_fn(|| missed.next().now_or_never()?).map(|message| message.data().unwrap()).collect();
    let all: Vec<Value> = if expected.recovered() { (0..5).map(Value::from).collect() } else { Vec::new() };
    assert_eq!(heard, all);
    let rooms = if expected.recovered() { json!(["room"]) } else { json!([]) };
    assert_eq!(ask(&lost, "state", &()).await["rooms"], rooms);
}
