#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]
// Nothing that a peer sends can panic: what could is not written, or its file says why it cannot.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]
#![cfg_attr(
    not(feature = "standalone"),
    allow(clippy::clone_on_copy, clippy::trivially_copy_pass_by_ref, reason = "elsewhere errors hold words")
)]
extern crate alloc;
#[cfg(any(feature = "handle", feature = "sim"))]
extern crate std;

mod client;
mod config;
mod counters;
mod desk;
#[cfg(feature = "handle")]
mod dispatch;
mod engine;
mod error;
#[cfg(feature = "text")]
mod explain;
mod ground;
#[cfg(feature = "handle")]
pub mod handle;
mod input;
#[cfg(feature = "json")]
mod json;
mod output;
mod queue;
mod rng;
#[cfg(feature = "sim")]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a simulation that is wrong is to stop the test that runs it"
)]
pub mod sim;
mod socket;
mod time;
mod wire;

pub use client::{Client, State};
pub use config::{Config, Limits, Transport};
#[cfg(feature = "standalone")]
pub use config::{Emit, Overflow, SocketOptions};
pub use counters::Counters;
pub use error::{
    AckError, CloseDetails, ConnectError, DisconnectReason, EmitError, IoError, IoErrorKind, ParseError,
};
pub use input::{Input, TransportId};
pub use output::{AckToken, EmitId, Event, Io, Output, Recovery, SocketEvent, SocketKey};
#[cfg(not(feature = "standalone"))]
pub use socket::Refused;
pub use time::Instant;
#[cfg(feature = "standalone")]
pub use wire::{ABSENT, Encoded, Shape, WRONG};
#[cfg(feature = "json")]
pub use wire::{Args, DataError, Json};
pub use wire::{Frame, RESERVED_EVENTS, Text, Wire};
#[cfg(not(feature = "standalone"))]
pub use wire::{Read, Said};
