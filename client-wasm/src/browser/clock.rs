//! Time, counting the time that the computer slept.

use std::cell::Cell;

use js_sys::Date;
use sockeye_core::Instant;

/// Milliseconds that never run backwards.
///
/// They are the time of day's: `performance.now()` stands still in some browsers while the computer sleeps, and a connection
/// that died meanwhile would be found out too late (F059). So a clock that is set forward looks like sleep; one that is set
/// back goes on from where it was.
pub(crate) fn now() -> Instant {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it saturates, and no page is from before 1970"
    )]
    let read = Date::now() as u64;
    let (last, set_back) = SEEN.get();
    let set_back = last.saturating_sub(read).saturating_add(set_back);
    SEEN.set((read, set_back));
    Instant::from_millis(read.saturating_add(set_back))
}

thread_local! {
    /// What the clock said last, and how far it was set back since the first time.
    static SEEN: Cell<(u64, u64)> = const { Cell::new((0, 0)) };
}
