//! A namespace with a door: the middleware of the tutorials, and one that takes its time.

use rmpv::Value;
use serde::Deserialize;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, SocketRef, TryData};
use socketioxide::handler::ConnectHandler;
use socketioxide_core::adapter::DefinedAdapter;
use tokio::time::sleep;

use super::limits;
use super::namespace::Opening;

const TOKENS: [&str; 3] = ["mysecrettoken", "secret", "123"];

#[derive(Deserialize)]
struct Credentials {
    token: String,
}

#[derive(Deserialize)]
struct Patience {
    delay: Value,
}

pub(super) fn install<A: Adapter + DefinedAdapter>(namespaces: &mut Opening<'_, A>) {
    namespaces.open("/secure", secure.with(has_token));
    namespaces.open("/slow", slow.with(takes_its_time));
}

/// The library sends the message of an error and has no place for data beside it.
async fn has_token(TryData(auth): TryData<Credentials>) -> Result<(), &'static str> {
    match auth {
        Ok(Credentials { token }) if TOKENS.contains(&token.as_str()) => Ok(()),
        _ => Err("Unauthorized"),
    }
}

async fn secure<A: Adapter>(socket: SocketRef<A>) {
    socket.on("secret", async |ack: AckSender<A>| {
        ack.send("the cake is a lie").ok();
    });
}

async fn takes_its_time(TryData(auth): TryData<Patience>) -> Result<(), &'static str> {
    if let Ok(Patience { delay }) = auth {
        sleep(limits::wait(&delay)).await;
    }
    Ok(())
}

async fn slow<A: Adapter>(socket: SocketRef<A>) {
    socket.on("ready", async |ack: AckSender<A>| {
        ack.send(&true).ok();
    });
}
