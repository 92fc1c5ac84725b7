//! The native client before the abuse server: prints what it sees, does what it is told. `README.md` has the lines.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
#[path = "native/client.rs"]
mod client;

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main(flavor = "current_thread")]
async fn main() {
    client::run(&std::env::args().skip(1).collect::<Vec<_>>()).await;
}
