//! What a host in JavaScript sets, and the rest as constants: an option that cannot change costs a page nothing.

use alloc::vec::Vec;
use core::ops::Deref;

use super::Transport;

/// How long, in milliseconds: numbers are what such a host has.
pub(crate) type Span = u64;

pub(crate) const fn span(millis: u64) -> Span {
    millis
}

pub(crate) const fn millis(span: Span) -> u64 {
    span
}

/// Options of a connection that change.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are the reference's options, one by one")]
pub struct Config {
    /// In order of preference; the first is tried (O-08).
    pub transports: Vec<Transport>,
    /// O-10
    pub upgrade: bool,
    /// O-11
    pub try_all_transports: bool,
    /// O-12
    pub remember_upgrade: bool,
    /// O-13
    pub force_base64: bool,
    /// O-47
    pub timeout: Option<Span>,
    /// O-42
    pub reconnection: bool,
    /// O-43
    pub reconnection_attempts: u32,
    /// O-44
    pub reconnection_delay: Span,
    /// O-45
    pub reconnection_delay_max: Span,
    /// O-46
    pub randomization_factor: f64,
    /// Of jitter.
    pub seed: u64,
}

/// Options of a connection that do not; as elsewhere by default, but where the reference knows no end of waiting and
/// trying.
#[non_exhaustive]
pub struct Fixed {
    pub(crate) stable_after: Span,
    pub(crate) stop_on_fatal: bool,
    pub(crate) retry_after_max: Span,
    pub(crate) namespace_timeout: Span,
    pub(crate) upgrade_timeout: Span,
    pub(crate) close_timeout: Span,
    pub(crate) poll_gap: Span,
    pub(crate) limits: Limits,
}

/// What may grow, and how far.
pub struct Limits {
    pub(crate) attachment_time: Span,
    pub(crate) payload_packets: usize,
    pub(crate) id: usize,
    pub(crate) undelivered: usize,
    /// Frames that may wait for the transport; nobody here counts their bytes.
    pub(crate) raw_frames: usize,
}

const FIXED: Fixed = Fixed {
    stable_after: 10_000,
    stop_on_fatal: false,
    retry_after_max: 60_000,
    namespace_timeout: 45_000,
    upgrade_timeout: 10_000,
    close_timeout: 2_000,
    poll_gap: 50,
    limits: Limits {
        attachment_time: 60_000,
        payload_packets: 65_536,
        id: 256,
        undelivered: 262_144,
        raw_frames: 65_536,
    },
};

impl Config {
    /// Nothing is set but the seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }
}

impl Deref for Config {
    type Target = Fixed;

    #[inline]
    fn deref(&self) -> &Fixed {
        &FIXED
    }
}
