//! Many nodes: three servers that Redis joins, behind a balancer, and clients that meet across them.
//!
//! It is a test of the package `www` because cargo tells only that package's tests where the program is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod across;
mod admin;
mod balancer;
mod ends;
mod in_browsers;
mod in_node;
mod manifests;
mod member;
mod nodes;
mod nothing;
mod npm;
mod process;
mod recovery;
mod redis_away;
