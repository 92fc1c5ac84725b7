//! What every Rust client of the benchmark shares, so that they differ in nothing but the library they use.

pub mod args;
pub mod drive;
pub mod payload;
pub mod usage;

pub use args::{Args, Case};
pub use drive::{Client, main};

/// A benchmark stops at the first thing that is not as expected.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
/// A result with [`Error`].
pub type Result<T> = std::result::Result<T, Error>;
