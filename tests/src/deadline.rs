//! Waiting with an end: a story that hangs says what it hung on.

use std::{future::Future, panic::Location, time::Duration};

/// Far longer than anything takes on a busy machine, so only what hangs meets it.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for `future`, and fails with `what` was awaited and where if it takes longer than [`PATIENCE`].
#[track_caller]
pub fn within<F: Future>(what: &str, future: F) -> impl Future<Output = F::Output> {
    within_time(PATIENCE, what, future)
}

/// The same with a limit of one's own.
#[track_caller]
pub fn within_time<F: Future>(limit: Duration, what: &str, future: F) -> impl Future<Output = F::Output> {
    let caller = Location::caller();
    async move {
        let output = tokio::time::timeout(limit, future).await;
        output.unwrap_or_else(|_| panic!("{caller}: waited {limit:?} in vain for {what}"))
    }
}

/// Waits until `condition` holds, for things that can be looked at but not awaited.
#[track_caller]
pub fn until(what: &str, mut condition: impl FnMut() -> bool) -> impl Future<Output = ()> {
    within(what, async move {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
}
