//! The door to the machine.

mod input;
mod output;

pub use input::{Input, TransportId};
pub use output::{AckToken, EmitId, Event, Io, Output, Recovery, SocketEvent, SocketKey};
