//! A connection that is lost for a moment, and what happened to the events of that moment.
//!
//! ```text
//! cargo run -p sockeye-native --example recovery [URL]
//! ```
//!
//! Servers that keep sessions (`connectionStateRecovery` on the official one) send what was missed. Others, as the one
//! that `cargo run -p www` starts, begin a new session: the client says so, and why, and the application can ask for
//! what it needs.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, process::ExitCode, time::Duration};

use sockeye_native::{Lifecycle, ManagerBuilder};
use tokio::time::timeout;

#[tokio::main]
async fn main() -> ExitCode {
    let url = env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000".into());
    match timeout(Duration::from_secs(15), recover(&url)).await {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("{error}"),
        Err(_) => eprintln!("the server at {url} took too long"),
    }
    ExitCode::FAILURE
}

async fn recover(url: &str) -> Result<(), Box<dyn Error>> {
    let manager = ManagerBuilder::new(url)?.build()?;
    let socket = manager.socket("/recovery");
    let mut missed = socket.on("missed");
    let mut life = socket.lifecycle();
    let second = Duration::from_secs(1);
    socket.connect().await?;

    // Something has to arrive first: with it comes the position from which the server can go on.
    socket.timeout(second).emit_with_ack("join", "news")?.await?;
    socket.timeout(second).emit_with_ack("publish", &("news", "before"))?.await?;
    let before = missed.next().await.ok_or("the connection is gone")?;
    println!("heard {:?}", before.data::<String>()?);

    // The server says something in 200 ms; the connection is gone by then, as on a train in a tunnel. (`offline` is
    // meant for the system's own word that the network is gone; the first attempt to return follows within 1.5 s.)
    // An answer to what was emitted after it shows that the server has heard.
    socket.emit("broadcast-after", &(200, "news", "in the tunnel"))?;
    socket.timeout(second).emit_with_ack("state", &())?.await?;
    manager.offline();

    let mut joined = 0;
    while let Some(change) = life.next().await {
        match change {
            Lifecycle::Disconnect { reason, details } => println!("lost: {reason}, {details}"),
            Lifecycle::Connect { recovery, .. } if recovery.recovered() => {
                // What was missed is delivered before the socket counts as connected again.
                let event = missed.next().await.ok_or("the connection is gone")?;
                println!("recovered, and heard {:?}", event.data::<String>()?);
                break;
            }
            Lifecycle::Connect { recovery, .. } => {
                joined += 1;
                if joined == 2 {
                    println!("not recovered ({recovery:?}): what was said meanwhile is lost");
                    break;
                }
            }
            other => println!("{other:?}"),
        }
    }

    manager.drain(second).await;
    Ok(())
}
