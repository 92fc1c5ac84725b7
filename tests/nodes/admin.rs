//! Who may into `/admin` sends people away from whichever node they are at.

use serde_json::json;
use sockeye_native::{DisconnectReason, Lifecycle};

use crate::balancer::Affinity;
use crate::member::{Member, WAYS, ask, first};
use crate::nodes::{Kind, Nodes};

#[tokio::test]
async fn with_socketioxide() {
    people_are_sent_away(Kind::Rust).await;
}

#[tokio::test]
async fn with_the_redis_adapter() {
    people_are_sent_away(Kind::PubSub).await;
}

#[tokio::test]
async fn with_the_streams_adapter() {
    people_are_sent_away(Kind::Streams).await;
}

async fn people_are_sent_away(kind: Kind) {
    let Some(nodes) = Nodes::start(kind, Affinity::Cookie).await else { return };
    let mut members = Vec::new();
    for (name, way) in ["ann", "ben", "cem"].into_iter().zip(WAYS) {
        members.push(Member::enter(&nodes.url(), None, name, way).await);
    }
    let [ann, ben, cem] = members.try_into().unwrap();
    let mut others = [ben, cem];
    let admin = ann.socket.manager().socket("/admin");
    admin.connect().await.unwrap();
    // Three people are at three nodes: one of them at most is ann's.
    for member in &mut others {
        let id = member.socket.id().unwrap();
        assert_eq!(ask(&admin, "kick", &id).await, json!(true), "{}", member.name);
        let gone = |it: &Lifecycle| matches!(it, Lifecycle::Disconnect { .. });
        let gone = first(&mut member.lifecycle, "to be sent away", gone).await;
        let Lifecycle::Disconnect { reason, .. } = gone else { unreachable!("it was looked for") };
        assert_eq!(reason, DisconnectReason::IoServerDisconnect);
        assert_eq!(ask(&admin, "kick", &id).await, json!(false), "{} is gone", member.name);
    }
    // Neither a room nor nothing is somebody.
    for nobody in ["room:news", "", "ann"] {
        assert_eq!(ask(&admin, "kick", nobody).await, json!(false), "{nobody:?}");
    }
}
