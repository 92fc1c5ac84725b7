//! Time, on the page's monotonic clock.

use sockeye_core::Instant;
use web_sys::Performance;

use super::scope::scope;

/// Milliseconds since the page began, rounded down.
///
/// Whether they count the computer's sleep depends on the browser and the system. Where they do not, a connection that
/// died meanwhile is found out by its WebSocket, by a request that fails, or by the rest of the heartbeat's time (F059).
pub(crate) fn now() -> Instant {
    let millis = PERFORMANCE.with(|it| it.as_ref().map_or_else(js_sys::Date::now, Performance::now));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it saturates, and none is negative"
    )]
    Instant::from_millis(millis as u64)
}

thread_local! {
    static PERFORMANCE: Option<Performance> = scope().performance();
}
