//! A seed for jitter and cache busters; nothing that must stay secret is made from it.

/// Differs between pages and between calls.
pub(crate) fn seed() -> u64 {
    let half = || js_sys::Math::random() * f64::from(u32::MAX);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the largest u32")]
    let seed = (u64::from(half() as u32) << 32) | u64::from(half() as u32);
    seed
}
