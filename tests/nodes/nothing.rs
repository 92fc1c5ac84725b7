//! Without affinity polling cannot work, and a client says what is wrong (F014); a WebSocket is one request and works.

use sockeye_native::{ConnectError, Lifecycle};
use sockeye_tests::within;

use crate::balancer::Affinity;
use crate::member::{Member, Way};
use crate::nodes::{Kind, Nodes};

#[tokio::test]
async fn a_websocket_works_with_socketioxide() {
    a_websocket_works(Kind::Rust).await;
}

#[tokio::test]
async fn a_websocket_works_with_the_redis_adapter() {
    a_websocket_works(Kind::PubSub).await;
}

async fn a_websocket_works(kind: Kind) {
    let Some(nodes) = Nodes::start(kind, Affinity::Nothing).await else { return };
    let mut ann = Member::enter(&nodes.url(), None, "ann", Way::WebSocket).await;
    let mut ben = Member::enter(&nodes.url(), None, "ben", Way::WebSocket).await;
    ann.say("hello").await;
    ben.hears("hello").await;
    ben.say("and to you").await;
    ann.hears("and to you").await;
}

#[tokio::test]
async fn polling_is_told_with_socketioxide() {
    polling_is_told(Kind::Rust).await;
}

#[tokio::test]
async fn polling_is_told_with_the_redis_adapter() {
    polling_is_told(Kind::PubSub).await;
}

/// The error of the attempt, and the words of each loss.
async fn polling_is_told(kind: Kind) {
    let Some(nodes) = Nodes::start(kind, Affinity::Nothing).await else { return };
    let socket = Way::Polling.manager(&nodes.url(), None).socket("/");
    let mut lifecycle = socket.lifecycle();
    let error = within("the attempt to fail", socket.connect()).await.unwrap_err();
    assert!(matches!(error, ConnectError::Http { status: 400, code: Some(1), .. }), "{error}");
    assert!(error.to_string().contains("the balancer needs sticky sessions"), "{error}");
    for _ in 0..3 {
        let event = within("a loss", lifecycle.next()).await.unwrap();
        let Lifecycle::Disconnect { details, .. } = event else { panic!("{event:?} without affinity") };
        assert!(details.to_string().contains("the balancer has no sticky sessions"), "{details}");
    }
}
