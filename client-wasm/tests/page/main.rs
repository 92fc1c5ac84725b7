//! What is of a page alone. What an application does is in `tests/stories`, which are told here too.
//!
//! `tests/browser/run` runs this in windows and in dedicated workers, of Chromium and of Firefox.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed, and says where")]

mod setting;

mod body_limits;
mod cookies;
mod held_back;
mod local;
mod nothing_left;
mod options;
mod page_life;
mod redirects;
mod send_and_sync;
mod subprotocols;
mod urls;
mod values;
mod words_for_people;
mod written;
