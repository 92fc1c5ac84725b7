//! A namespace behind a token that runs out: a fresh one is fetched for every connection.
//!
//! ```text
//! cargo run -p sockeye-native --example auth_refresh [URL]
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{
    env,
    error::Error,
    process::ExitCode,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use serde::Serialize;
use sockeye_native::{Args, ConnectError, Lifecycle, ManagerBuilder};
use tokio::time::timeout;

#[derive(Serialize)]
struct Credentials {
    token: &'static str,
}

static FETCHED: AtomicU32 = AtomicU32::new(0);

#[tokio::main]
async fn main() -> ExitCode {
    let url = env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000".into());
    match timeout(Duration::from_secs(15), refresh(&url)).await {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("{error}"),
        Err(_) => eprintln!("the server at {url} took too long"),
    }
    ExitCode::FAILURE
}

async fn refresh(url: &str) -> Result<(), Box<dyn Error>> {
    let manager = ManagerBuilder::new(url)?.build()?;
    let socket = manager.socket("/secure");
    let mut life = socket.lifecycle();

    // A token that does not change is set once.
    socket.set_auth(&Credentials { token: "out of date" })?;
    match socket.connect().await {
        // The server's own words; they are final, so nothing is tried again behind your back.
        Err(ConnectError::Refused { message, .. }) => println!("with an old token: {message}"),
        Err(error) => return Err(error.into()),
        Ok(()) => return Err("an old token should be refused".into()),
    }

    // One that does is asked for at every connect, also when a lost connection comes back: here you would ask your
    // identity server. An error instead of a token means that the namespace is not joined for now.
    socket.set_auth_provider(|| {
        FETCHED.fetch_add(1, Ordering::Relaxed);
        async { Ok(Args::auth(&Credentials { token: "mysecrettoken" })?) }
    });
    socket.connect().await?;
    println!("with a fresh one: joined");

    // The connection breaks, and comes back by itself.
    manager.close_engine();
    let mut joined = 0;
    while let Some(change) = life.next().await {
        joined += u32::from(matches!(change, Lifecycle::Connect { .. }));
        if joined == 2 {
            let secret = socket.timeout(Duration::from_secs(2)).emit_with_ack("secret", &())?;
            println!(
                "joined again, after {} tokens: {}",
                FETCHED.load(Ordering::Relaxed),
                secret.data::<String>().await?
            );
            manager.drain(Duration::from_secs(2)).await;
            return Ok(());
        }
    }
    Err("the connection is gone".into())
}
