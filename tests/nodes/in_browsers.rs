//! The npm package in pages that the balancer serves.
//!
//! Each test starts a browser, so they are for where browsers are tested, one at a time:
//! `cargo test -p www --test nodes -- --ignored --test-threads 1`.

use crate::member::{WAYS, Way};
use crate::nodes::Kind;
use crate::npm::{
    Place, a_session_goes_on_at_another_node, talks_and_comes_back, without_affinity_it_tells_what_came_back,
};

#[tokio::test]
#[ignore = "starts browsers"]
async fn in_chromium_it_talks_across_nodes_and_comes_back_when_its_own_dies() {
    for way in WAYS {
        talks_and_comes_back(Place::Chromium, Kind::Rust, way).await;
    }
}

#[tokio::test]
#[ignore = "starts browsers"]
async fn in_firefox_it_talks_across_nodes_and_comes_back_when_its_own_dies() {
    for way in WAYS {
        talks_and_comes_back(Place::Firefox, Kind::Rust, way).await;
    }
}

#[tokio::test]
#[ignore = "starts browsers"]
async fn in_chromium_its_session_goes_on_at_another_node() {
    for way in WAYS {
        a_session_goes_on_at_another_node(Place::Chromium, way).await;
    }
}

#[tokio::test]
#[ignore = "starts browsers"]
async fn in_firefox_its_session_goes_on_at_another_node() {
    a_session_goes_on_at_another_node(Place::Firefox, Way::Upgrade).await;
}

#[tokio::test]
#[ignore = "starts browsers"]
async fn in_chromium_it_tells_that_there_is_no_affinity() {
    without_affinity_it_tells_what_came_back(Place::Chromium).await;
}

#[tokio::test]
#[ignore = "starts browsers"]
async fn in_firefox_it_tells_that_there_is_no_affinity() {
    without_affinity_it_tells_what_came_back(Place::Firefox).await;
}
