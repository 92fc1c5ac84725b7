//! What stories are told with: servers to talk to, a network that can be spoilt, and patience with an end.
//!
//! The stories themselves are in `tests/stories`, one binary.
#![allow(
    clippy::missing_panics_doc,
    clippy::expect_used,
    reason = "a helper that cannot do its work fails the test that called it, in words"
)]

pub mod deadline;
pub mod http;
pub mod proxy;
pub mod servers;

pub use deadline::within;
pub use proxy::{Door, Ending, Proxy};
pub use servers::{Options, Server, Which, beside};
