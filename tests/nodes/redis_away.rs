//! Redis goes and comes back: meanwhile each node serves its own, afterwards all are together again.

use crate::balancer::Affinity;
use crate::member::{Member, Way};
use crate::nodes::{Kind, Nodes, has_said};

#[tokio::test]
async fn a_node_goes_on_alone_and_comes_back() {
    let Some(mut nodes) = Nodes::start(Kind::Rust, Affinity::Cookie).await else { return };
    let mut ann = Member::enter(&nodes.url(), None, "ann", Way::Upgrade).await;
    let mut ben = Member::enter(&nodes.url(), None, "ben", Way::Upgrade).await;
    ann.say("with Redis").await;
    ben.hears("with Redis").await;

    nodes.redis.kill();
    for node in nodes.all() {
        has_said(node, "is gone: this node goes on without the others").await;
    }
    ann.say("without Redis").await;
    ann.hears("without Redis").await;

    nodes.redis.again().await;
    for node in nodes.all() {
        has_said(node, "is back: this node is with the others again").await;
    }
    ann.say("with Redis again").await;
    assert_eq!(ben.next_text().await, "with Redis again", "what was said to others only is not made up for");
    ben.say("so it is").await;
    ann.hears("so it is").await;
    assert!(ann.is_undisturbed() && ben.is_undisturbed());
}
