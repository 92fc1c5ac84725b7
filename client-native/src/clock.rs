//! Time, counting the time that the computer slept.

use sockeye_core::Instant;

/// Milliseconds on a monotonic clock, rounded down.
///
/// On Linux and Android it is `CLOCK_BOOTTIME`, on Apple's systems `CLOCK_MONOTONIC`; both go on counting in
/// suspend (F059). Elsewhere it is the standard library's; that counts suspend on Windows. tokio's timers do not
/// count it: read this clock again after each. A laptop that wakes up finds its heartbeat overdue when something
/// wakes its task: news of the network, a call of the application's, or the rest of a timer.
pub(crate) fn now() -> Instant {
    Instant::from_millis(u64::try_from(system::read().as_millis()).unwrap_or(u64::MAX))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod system {
    use std::time::Duration;

    use rustix::time::{ClockId, clock_gettime};

    pub(super) fn read() -> Duration {
        #[cfg(target_vendor = "apple")]
        let now = clock_gettime(ClockId::Monotonic);
        #[cfg(not(target_vendor = "apple"))]
        let now = clock_gettime(ClockId::Boottime);
        Duration::try_from(now).unwrap_or_default()
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
mod system {
    use std::{sync::LazyLock, time::Duration};

    static EPOCH: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);

    pub(super) fn read() -> Duration {
        EPOCH.elapsed()
    }
}
