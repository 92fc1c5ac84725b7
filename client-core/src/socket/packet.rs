//! The seven packets of Socket.IO 5 (section 1.8).

pub(crate) const CONNECT: u8 = 0;
pub(crate) const DISCONNECT: u8 = 1;
pub(crate) const EVENT: u8 = 2;
pub(crate) const ACK: u8 = 3;
pub(crate) const CONNECT_ERROR: u8 = 4;
#[cfg(feature = "standalone")]
pub(crate) const BINARY_EVENT: u8 = 5;
#[cfg(feature = "standalone")]
pub(crate) const BINARY_ACK: u8 = 6;

/// The largest ack id: what a double can count to (B-20, F068).
#[cfg(feature = "standalone")]
pub(crate) const MAX_ID: u64 = (1 << 53) - 1;
