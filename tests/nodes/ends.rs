//! A node dies in the midst of a conversation: who was on it comes back on another, and nobody else notices.

use sockeye_native::Recovery;

use crate::balancer::Affinity;
use crate::member::{Member, WAYS};
use crate::nodes::{Kind, Nodes};

#[tokio::test]
async fn with_socketioxide() {
    a_node_dies(Kind::Rust).await;
}

#[tokio::test]
async fn with_the_redis_adapter() {
    a_node_dies(Kind::PubSub).await;
}

#[tokio::test]
async fn with_the_streams_adapter() {
    a_node_dies(Kind::Streams).await;
}

async fn a_node_dies(kind: Kind) {
    let Some(mut nodes) = Nodes::start(kind, Affinity::Cookie).await else { return };
    let mut members = Vec::new();
    for (number, way) in WAYS.into_iter().enumerate() {
        let member = Member::enter(&nodes.url(), None, &format!("{way:?}"), way).await;
        let node = nodes.balancer.last_node(number + 1).await;
        members.push((member, node));
    }
    let (mut ann, node) = members.remove(0);
    assert!(members.iter().all(|(_, other)| *other != node), "they are on three nodes");
    nodes.node(&node).kill();

    let recovery = ann.comes_back().await;
    // What a node that crashed knew, it could tell nobody.
    let expected = match kind {
        Kind::Rust => Recovery::Disabled,
        Kind::PubSub => Recovery::NoOffset,
        Kind::Streams => Recovery::NotFound,
    };
    assert_eq!(recovery, expected);
    ann.again_in_the_chat().await;
    let now = nodes.balancer.last_node(WAYS.len() + 1).await;
    assert_ne!(now, node);
    ann.say("I am back").await;
    // Nobody twice: who she was on the other node went with it.
    let expected = ["WebSocket", "Upgrade", "Polling"];
    members[0].0.sees("three people", |names| names == expected).await;
    for (member, _) in &mut members {
        member.hears("I am back").await;
        assert!(member.is_undisturbed(), "{} was on another node", member.name);
        member.say("so I see").await;
        ann.hears("so I see").await;
    }
}
