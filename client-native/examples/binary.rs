//! Bytes, anywhere in what is sent and received.
//!
//! ```text
//! cargo run -p sockeye-native --example binary [URL]
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, process::ExitCode, time::Duration};

use serde::{Deserialize, Serialize};
use sockeye_native::io;
use tokio::time::timeout;

/// To serde a `Vec<u8>` is a list of numbers. `serde_bytes`, `bytes::Bytes` and the like are bytes; they travel as they
/// are, and do not have to be at the top.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Picture {
    name: String,
    #[serde(with = "serde_bytes")]
    pixels: Vec<u8>,
}

/// A file of the server's, its bytes borrowed from the packet.
#[derive(Deserialize)]
struct File<'a> {
    data: &'a [u8],
}

#[tokio::main]
async fn main() -> ExitCode {
    let url = env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000".into());
    match timeout(Duration::from_secs(10), binary(&url)).await {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("{error}"),
        Err(_) => eprintln!("the server at {url} took too long"),
    }
    ExitCode::FAILURE
}

async fn binary(url: &str) -> Result<(), Box<dyn Error>> {
    let socket = io(url)?;
    let mut echoes = socket.on("echo");
    let mut files = socket.on("binary");
    socket.connect().await?;

    // There and back again.
    let picture = Picture { name: "a pixel".into(), pixels: vec![0xff, 0x00, 0x7f] };
    socket.emit("echo", &picture)?;
    let echo = echoes.next().await.ok_or("the connection is gone")?;
    if echo.data::<Picture>()? != picture {
        return Err("the picture came back as another".into());
    }
    println!("{} came back as it was", picture.name);

    // The server sends 100,000 bytes. Neither `&[u8]` nor `attachments` copies them.
    socket.emit("binary-send", &(100_000, 0))?;
    let message = files.next().await.ok_or("the connection is gone")?;
    let File { data } = message.data()?;
    println!("{} bytes arrived, in {} attachment", data.len(), message.attachments().len());

    // An answer may hold bytes, too.
    let ack = socket.timeout(Duration::from_secs(5)).emit_with_ack("binary-ack", &1_000)?;
    let answer = ack.await?;
    let bytes: &[u8] = answer.ack_data()?;
    println!("{} bytes came as an answer", bytes.len());

    socket.manager().drain(Duration::from_secs(2)).await;
    Ok(())
}
