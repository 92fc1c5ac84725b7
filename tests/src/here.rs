//! What waiting is made of, outside of a page.

use std::{future::Future, time::Duration};

pub(crate) async fn timeout<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    tokio::time::timeout(limit, future).await.ok()
}

pub(crate) async fn sleep(time: Duration) {
    tokio::time::sleep(time).await;
}

/// Differs between programs that run side by side.
pub(crate) fn run() -> u32 {
    std::process::id()
}
