#![doc = include_str!("../README.md")]
#![cfg_attr(all(feature = "npm", target_arch = "wasm32"), no_std)]

#[cfg(all(feature = "npm", feature = "rust"))]
compile_error!("`npm` is built with --no-default-features: its module has no room for what `rust` brings");

#[cfg(all(feature = "npm", target_arch = "wasm32"))]
extern crate alloc;
#[cfg(all(feature = "npm", target_arch = "wasm32"))]
mod npm;

#[cfg(feature = "rust")]
// Nothing that a peer sends can panic: what could is not written, or its place says why it cannot.
#[warn(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unreachable
)]
mod browser;
#[cfg(feature = "rust")]
pub use browser::*;
