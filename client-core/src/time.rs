//! A moment on a clock that the driver chose.

use core::time::Duration;

/// Milliseconds since an epoch of the driver's choice.
///
/// The machine only compares instants and adds durations to them, so any monotonic clock will do; one that
/// goes on counting while the computer sleeps lets the machine notice the sleep (F059). All arithmetic
/// saturates: no clock reading can make it panic or wrap (F060).
///
/// ```
/// use core::time::Duration;
/// use sockeye_core::Instant;
///
/// let start = Instant::from_millis(1_000);
/// assert_eq!(start.after(Duration::from_secs(2)).as_millis(), 3_000);
/// assert_eq!(start.since(start.after(Duration::from_secs(2))), Duration::ZERO);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(u64);

impl Instant {
    /// The driver's epoch.
    pub const ZERO: Self = Self(0);

    /// A deadline that never passes. No clock gets here: the ground sees to it.
    pub(crate) const NEVER: Self = Self(u64::MAX);

    /// The moment `millis` milliseconds after the epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The moment `span` later; a fraction of a millisecond counts as a whole one, so no timer is early.
    #[cfg(feature = "standalone")]
    #[must_use]
    pub const fn after(self, span: Duration) -> Self {
        self.plus(millis(span))
    }

    pub(crate) const fn plus(self, millis: u64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// As an application wants to know of a deadline.
    pub(crate) fn unless_never(self) -> Option<Self> {
        (self != Self::NEVER).then_some(self)
    }

    /// How long ago `earlier` was; zero when it is yet to come.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

/// A duration in whole milliseconds, rounded up.
#[cfg(feature = "standalone")]
#[inline(never)]
pub(crate) const fn millis(span: Duration) -> u64 {
    let rest = span.subsec_nanos().div_ceil(1_000_000) as u64;
    span.as_secs().saturating_mul(1_000).saturating_add(rest)
}

/// The earlier of two deadlines of which either may be absent.
#[cfg(any(feature = "handle", feature = "sim"))]
pub(crate) fn earliest(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(a), Some(b)) => Some(if b < a { b } else { a }),
        (a, b) => a.or(b),
    }
}
