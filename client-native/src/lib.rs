#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
// Nothing that a peer sends can panic: what could is not written, or its place says why it cannot.
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

pub mod blocking;
mod clock;
mod connect;
mod cookies;
mod dns;
mod driver;
mod entropy;
mod exchange;
mod failure;
mod flow;
mod handshake;
mod headers;
mod http;
mod manager;
mod net;
mod options;
mod options_error;
mod proxy;
mod socket;
mod tls;
mod trace;
mod url;
mod verifier;
mod websocket;

#[cfg(test)]
mod tests;

pub use manager::{BuildError, ManagerBuilder, io};
pub use options::{NetLimits, NetOptions, ProxyChoice};
pub use options_error::OptionsError;
pub use sockeye_core::{
    AckError, Args, CloseDetails, Config, Counters, DataError, DisconnectReason, Instant, IoError,
    IoErrorKind, Limits, Overflow, ParseError, Recovery, SocketOptions, State, Transport,
    handle::{
        Ack, AnswerData, AnswerError, AuthError, Connected, Drained, EmitError, Emitting, Events, Lifecycle,
        Manager, ManagerEvent, Message, Next, Once, Socket, Subscription, Writable,
    },
};
pub use tls::{Certificate, Identity, Roots, TlsOptions};
pub use url::{Endpoint, UrlError};

/// Why a connection or a namespace could not be joined: the core's error, with JSON as what it carries.
pub type ConnectError = sockeye_core::ConnectError<sockeye_core::Json>;
