//! People on three nodes are in one room, however they got there.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use serde_json::json;

use crate::balancer::{Affinity, Balancer};
use crate::member::{Member, WAYS, Way};
use crate::nodes::{Kind, Nodes};

#[tokio::test]
async fn by_cookie_with_socketioxide() {
    by_cookie(Kind::Rust).await;
}

#[tokio::test]
async fn by_cookie_with_the_redis_adapter() {
    by_cookie(Kind::PubSub).await;
}

#[tokio::test]
async fn by_cookie_with_the_streams_adapter() {
    by_cookie(Kind::Streams).await;
}

/// The cookie goes with every GET, every POST and the upgrade (without it: F014).
async fn by_cookie(kind: Kind) {
    let Some(nodes) = Nodes::start(kind, Affinity::Cookie).await else { return };
    // Until the end, so that no goodbye is among the requests.
    let mut all = Vec::new();
    for way in WAYS {
        let mut three = Vec::new();
        for name in ["ann", "ben", "cem"] {
            three.push(Member::enter(&nodes.url(), None, &format!("{name} {way:?}"), way).await);
        }
        they_talk(&mut three, way).await;
        all.append(&mut three);
    }
    keeps_to_its_cookie(&nodes.balancer);
}

#[tokio::test]
async fn by_address_with_socketioxide() {
    by_address(Kind::Rust).await;
}

#[tokio::test]
async fn by_address_with_the_streams_adapter() {
    by_address(Kind::Streams).await;
}

async fn by_address(kind: Kind) {
    let Some(nodes) = Nodes::start(kind, Affinity::Address).await else { return };
    for way in WAYS {
        let mut three = Vec::new();
        // The whole of 127.0.0.0/8 is this machine; these go to more than one node.
        for (name, last) in [("ann", 2), ("ben", 3), ("cem", 5), ("dan", 7), ("eve", 11)] {
            let from = IpAddr::V4(Ipv4Addr::new(127, 0, 0, last));
            three.push(Member::enter(&nodes.url(), Some(from), &format!("{name} {way:?}"), way).await);
        }
        they_talk(&mut three, way).await;
    }
    let served: BTreeSet<_> = nodes.balancer.requests().into_iter().map(|it| it.node).collect();
    assert!(served.len() > 1, "all of them went to {served:?}: this test says nothing");
    assert!(nodes.balancer.requests().iter().all(|it| it.cookie.is_none()));
}

/// To all, and to those in a room; text, and bytes.
async fn they_talk(members: &mut [Member], way: Way) {
    for speaker in 0..members.len() {
        let text = format!("{way:?} {speaker}");
        members[speaker].say(&text).await;
        for member in &mut *members {
            let message = member.hears(&text).await;
            assert!(message["user"].as_str().unwrap().ends_with(&format!("{way:?}")), "{message}");
        }
    }
    let last = members.last().unwrap().name.clone();
    let list = members[0].sees("the last to come", |names| names.last() == Some(&last.as_str())).await;
    let to = list.as_array().unwrap().last().unwrap()["id"].clone();
    let said = json!({ "text": "only for you", "to": to });
    assert_eq!(members[0].ask("chat-message", &said).await["status"], "ok");
    let heard = members.last_mut().unwrap().hears("only for you").await;
    assert_eq!(heard["to"], json!({ "id": to, "username": last }));

    let room = format!("room {way:?}");
    for member in &members[..2] {
        assert_eq!(member.ask("room-join", &room).await["status"], "ok");
    }
    let said = json!({ "text": "in the room", "room": room });
    assert_eq!(members[0].ask("chat-message", &said).await["status"], "ok");
    members[1].hears("in the room").await;
    members[1].say("to all, after").await;
    let next = members[2].next_text().await;
    assert_eq!(next, "to all, after", "who is not in the room heard what was said there");
}

/// Every request of a session but the first names the node it goes to; all three kinds were among them.
fn keeps_to_its_cookie(balancer: &Balancer) {
    let requests = balancer.requests();
    let (first, later): (Vec<_>, Vec<_>) = requests.iter().partition(|it| it.is_first);
    let served: BTreeSet<_> = first.iter().map(|it| &it.node).collect();
    assert_eq!(served.len(), 3, "one node each: {first:?}");
    for request in &later {
        assert_eq!(request.cookie.as_ref(), Some(&request.node), "{request:?}");
        assert!(["200", "101"].contains(&request.status.as_str()), "{request:?}");
    }
    let kinds: BTreeSet<_> = later.iter().map(|it| (it.method.as_str(), it.is_websocket)).collect();
    assert_eq!(kinds, BTreeSet::from([("GET", false), ("POST", false), ("GET", true)]));
}
