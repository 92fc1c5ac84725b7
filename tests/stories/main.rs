//! What an application does with Sockeye, told against real servers over real connections.
//!
//! A story is a function over a [`Setting`](setting::Setting); `stories!` makes a test of it for each server
//! that is named and each way to connect, so `chat::the_whole_application::node_4_8_4::upgrade` is one of
//! twelve. All share one server of each kind and must not be disturbed by each other's broadcasts: they use
//! names that are [`unique`](setting::unique). What kills or limits a server starts one of its own.
//!
//! The same files are compiled for wasm32 and told in browsers by `tests/browser/run`: there `sockeye` is another crate, and
//! `io` is all that differs.
//!
//! No story sleeps for luck: each waits for something that it names, with a deadline. Most of their time is
//! waiting, so more threads than cores are well used: `cargo test -p sockeye-tests -- --test-threads 8`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a story that panics has failed, and says where")]

#[cfg(not(target_arch = "wasm32"))]
extern crate sockeye_native as sockeye;
#[cfg(target_arch = "wasm32")]
extern crate sockeye_wasm as sockeye;

#[macro_use]
#[cfg_attr(target_arch = "wasm32", path = "runner_in_a_page.rs")]
mod runner;
mod place;
mod setting;

mod acks;
mod auth;
mod basics;
mod binary;
mod chat;
mod disconnects;
mod halfway;
mod lifetime;
mod listening;
#[cfg(not(target_arch = "wasm32"))]
mod logs;
mod namespaces;
mod outages;
mod recovery;
mod rooms;
#[cfg(not(target_arch = "wasm32"))]
mod runtimes;
mod sending;
#[cfg(not(target_arch = "wasm32"))]
mod storms;
mod strangers;
mod traffic;
mod weather;
