//! Several namespaces over one connection.
//!
//! ```text
//! cargo run -p sockeye-native --example namespaces [URL]
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::{env, error::Error, process::ExitCode, time::Duration};

use sockeye_native::{ConnectError, ManagerBuilder, Transport};
use tokio::time::timeout;

#[tokio::main]
async fn main() -> ExitCode {
    let url = env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:3000".into());
    match timeout(Duration::from_secs(10), namespaces(&url)).await {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("{error}"),
        Err(_) => eprintln!("the server at {url} took too long"),
    }
    ExitCode::FAILURE
}

async fn namespaces(url: &str) -> Result<(), Box<dyn Error>> {
    // A manager is a connection; here is also where options go.
    let manager =
        ManagerBuilder::new(url)?.config(|config| config.transports = vec![Transport::WebSocket]).build()?;

    // Each namespace has its own events, its own middleware on the server, and is joined and left on its own.
    let (main, chat, admin) = (manager.socket("/"), manager.socket("/chat"), manager.socket("/admin"));
    let mut announcements = main.on("admin-announcement");
    let mut messages = chat.on("message");
    tokio::try_join!(main.connect(), chat.connect(), admin.connect())?;
    println!("three namespaces, one connection: {:?}", manager.state());

    chat.send("hello /chat")?; // the same as `emit("message", …)`
    let message = messages.next().await.ok_or("the connection is gone")?;
    println!("in /chat: {}", message.data::<String>()?);

    // What is said to everybody on `/` is heard there and nowhere else.
    let done = admin.timeout(Duration::from_secs(2)).emit_with_ack("announce", "lunch is ready")?;
    let announcement = announcements.next().await.ok_or("the connection is gone")?;
    println!("on /: {}", announcement.data::<String>()?);
    done.await?;

    // A namespace that does not exist is refused; the others do not notice.
    match manager.socket("/nowhere").connect().await {
        Err(ConnectError::Refused { message, .. }) => println!("/nowhere: {message}"),
        other => return Err(format!("/nowhere should be refused, and was: {other:?}").into()),
    }

    chat.disconnect();
    if chat.connected() || !main.connected() {
        return Err("leaving /chat should leave the others alone".into());
    }
    println!("left /chat, still on /");

    manager.drain(Duration::from_secs(2)).await;
    Ok(())
}
