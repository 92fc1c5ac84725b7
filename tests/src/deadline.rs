//! Waiting with an end: a story that hangs says what it hung on.

use std::{
    future::Future,
    panic::Location,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use crate::here;

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
        let output = here::timeout(limit, future).await;
        output.unwrap_or_else(|| panic!("{caller}: waited {limit:?} in vain for {what}"))
    }
}

/// Waits until `condition` holds, for things that can be looked at but not awaited.
#[track_caller]
pub fn until(what: &str, mut condition: impl FnMut() -> bool) -> impl Future<Output = ()> {
    within(what, async move {
        while !condition() {
            here::sleep(Duration::from_millis(2)).await;
        }
    })
}

/// Waits for `future` for a while, for what need not come about.
pub async fn for_a_while<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    here::timeout(limit, future).await
}

/// A name that no other story has, nor another run on the same server.
pub fn unique(name: &str) -> String {
    static RUN: OnceLock<u32> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{name}-{}-{}", RUN.get_or_init(here::run), COUNT.fetch_add(1, Ordering::Relaxed))
}
