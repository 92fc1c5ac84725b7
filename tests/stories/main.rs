//! What an application does with Sockeye, told against real servers over real connections.
//!
//! A story is a function over a [`Setting`](setting::Setting); `stories!` makes a test of it for each server
//! that is named and each way to connect, so `chat::the_whole_application::node_4_8_4::upgrade` is one of
//! twelve. All share one server of each kind and must not be disturbed by each other's broadcasts: they use
//! names that are [`unique`](setting::unique). What kills or limits a server starts one of its own.
//!
//! No story sleeps for luck: each waits for something that it names, with a deadline. Most of their time is
//! waiting, so more threads than cores are well used: `cargo test -p sockeye-tests -- --test-threads 8`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a story that panics has failed, and says where")]

#[macro_use]
mod runner;
mod setting;

mod acks;
mod auth;
mod basics;
mod binary;
mod chat;
mod disconnects;
mod lifetime;
mod listening;
mod logs;
mod namespaces;
mod outages;
mod recovery;
mod rooms;
mod sending;
mod strangers;
mod traffic;
mod weather;
