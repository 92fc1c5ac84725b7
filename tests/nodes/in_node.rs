//! The npm package in Node.

use crate::member::Way;
use crate::nodes::Kind;
use crate::npm::{
    Place, a_session_goes_on_at_another_node, talks_and_comes_back, without_affinity_it_tells_what_came_back,
};

#[tokio::test]
async fn over_polling_it_talks_across_nodes_and_comes_back_when_its_own_dies() {
    talks_and_comes_back(Place::Node, Kind::Rust, Way::Polling).await;
}

#[tokio::test]
async fn over_websocket_it_talks_across_nodes_and_comes_back_when_its_own_dies() {
    talks_and_comes_back(Place::Node, Kind::Rust, Way::WebSocket).await;
}

#[tokio::test]
async fn after_an_upgrade_it_talks_across_nodes_and_comes_back_when_its_own_dies() {
    talks_and_comes_back(Place::Node, Kind::Rust, Way::Upgrade).await;
}

#[tokio::test]
async fn its_session_goes_on_at_another_node() {
    a_session_goes_on_at_another_node(Place::Node, Way::Upgrade).await;
}

#[tokio::test]
async fn without_affinity_it_tells() {
    without_affinity_it_tells_what_came_back(Place::Node).await;
}
