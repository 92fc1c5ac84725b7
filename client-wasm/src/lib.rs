//! Sockeye in a page.
//!
//! | feature | for |
//! |---|---|
//! | `rust` (default) | programs in Rust |
//! | `npm` | the npm package: the machine behind numbers, whose host is JavaScript |
//!
//! The two are never linked together: the second has no std, and brings its own memory and its own panic.
#![cfg_attr(all(feature = "npm", target_arch = "wasm32"), no_std)]

#[cfg(all(feature = "npm", feature = "rust"))]
compile_error!("`npm` is built with --no-default-features: its module has no room for what `rust` brings");

#[cfg(all(feature = "npm", target_arch = "wasm32"))]
extern crate alloc;
#[cfg(all(feature = "npm", target_arch = "wasm32"))]
mod npm;
