//! What stories are told with: servers to talk to, a network that can be spoilt, and patience with an end.
//!
//! The stories themselves are in `tests/stories`, one binary. They are told twice, natively and in browsers, so there are two
//! sets of helpers under the same names.
#![allow(
    clippy::missing_panics_doc,
    clippy::expect_used,
    reason = "a helper that cannot do its work fails the test that called it, in words"
)]

pub mod deadline;
pub mod words;

#[cfg(not(target_arch = "wasm32"))]
#[path = "../faults/src/mod.rs"]
pub mod faults;
#[cfg(not(target_arch = "wasm32"))]
mod gusts;
#[cfg(not(target_arch = "wasm32"))]
mod here;
#[cfg(not(target_arch = "wasm32"))]
pub mod http;
#[cfg(not(target_arch = "wasm32"))]
pub mod memory;
#[cfg(not(target_arch = "wasm32"))]
pub mod proxy;
#[cfg(not(target_arch = "wasm32"))]
mod python;
#[cfg(not(target_arch = "wasm32"))]
pub mod servers;
#[cfg(not(target_arch = "wasm32"))]
mod strokes;
#[cfg(not(target_arch = "wasm32"))]
pub use servers::beside;

#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
use page as here;
#[cfg(target_arch = "wasm32")]
pub use page::{http, proxy, servers};

pub use deadline::within;
pub use proxy::Proxy;
pub use servers::Server;
pub use words::{Door, Ending, Options, Which};
