//! Time goes forward, and seeds differ.

use std::{collections::HashSet, time::Duration};

use crate::{clock, entropy::seed};

#[test]
fn the_clock_never_goes_back() {
    let first = clock::now();
    assert!((0..1_000).map(|_| clock::now()).is_sorted());
    assert!(clock::now() >= first);
}

#[tokio::test]
async fn the_clock_keeps_pace_with_the_timers() {
    let before = clock::now();
    tokio::time::sleep(Duration::from_millis(30)).await;
    assert!(clock::now().since(before) >= Duration::from_millis(29));
}

#[test]
fn seeds_differ() {
    assert_eq!((0..100).map(|_| seed()).collect::<HashSet<_>>().len(), 100);
}
