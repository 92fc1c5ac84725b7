//! The front for Rust programs in a page: the core's handles, driven by the page's own network and timers.

mod clock;
mod driver;
mod entropy;
mod failure;
mod fetch;
mod lifecycle;
mod listener;
mod local;
mod mailbox;
mod manager;
mod options;
mod scope;
mod timer;
mod url;
#[cfg(feature = "js-value")]
mod value;
mod websocket;

pub use local::local;
pub use manager::{BuildError, ManagerBuilder, io};
pub use options::{NetLimits, NetOptions, OptionsError};
pub use sockeye_core::{
    AckError, Args, CloseDetails, Config, Counters, DataError, DisconnectReason, Instant, IoError,
    IoErrorKind, Limits, Overflow, ParseError, Recovery, SocketOptions, State, Transport,
    handle::{
        Ack, AnswerData, AnswerError, AuthError, Connected, Drained, EmitError, Emitting, Events, Lifecycle,
        Manager, ManagerEvent, Message, Next, Once, Socket, Subscription, Writable,
    },
};
pub use url::{Endpoint, UrlError};
#[cfg(feature = "js-value")]
pub use value::{Js, JsArguments};

/// Why a connection or a namespace could not be joined: the core's error, with JSON as what it carries.
pub type ConnectError = sockeye_core::ConnectError<sockeye_core::Json>;
