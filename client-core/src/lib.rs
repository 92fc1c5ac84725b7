//! Socket.IO 5 over Engine.IO 4, as a state machine without IO.
#![no_std]
extern crate alloc;
#[cfg(feature = "handle")]
extern crate std;

mod client;
mod config;
mod error;
mod rng;
mod time;
mod wire;

pub use client::{AckToken, EmitId, Event, Input, Io, Output, Recovery, SocketEvent, SocketKey, TransportId};
pub use config::{Config, Limits, Overflow, SocketOptions, Transport};
pub use error::{
    AckError, CloseDetails, ConnectError, DisconnectReason, EmitError, IoError, IoErrorKind, ParseError,
};
pub use time::Instant;
pub use wire::{Encoded, Frame, RESERVED_EVENTS, Shape, Text, Wire};
