//! A second namespace on the same connection that looks at and acts on `/`. It may have a door.

use std::sync::Arc;

use rmpv::Value;
use serde::Deserialize;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef, State, TryData};
use socketioxide::handler::ConnectHandler;
use socketioxide_core::adapter::DefinedAdapter;

use super::departures::Departures;
use super::namespace::Opening;

#[derive(Deserialize)]
struct Credentials {
    token: String,
}

pub(super) fn install<A: Adapter + DefinedAdapter>(namespaces: &mut Opening<'_, A>, token: Option<&str>) {
    match token.map(Arc::<str>::from) {
        None => namespaces.open("/admin", on_connect::<A>),
        Some(wanted) => {
            let door = async move |TryData(auth): TryData<Credentials>| admits(&wanted, auth.ok());
            namespaces.open("/admin", on_connect::<A>.with(door));
        }
    }
}

/// The library sends these words and has no place for data beside them; the official server sends a code with them.
fn admits(wanted: &str, auth: Option<Credentials>) -> Result<(), &'static str> {
    match auth {
        None => Err("A token is needed"),
        Some(Credentials { token }) if token == wanted => Ok(()),
        Some(_) => Err("The token is not right"),
    }
}

async fn on_connect<A: Adapter>(socket: SocketRef<A>) {
    socket.on("count", async |io: SocketIo<A>, ack: AckSender<A>| {
        ack.send(&io.sockets().len()).ok();
    });
    socket.on("announce", async |io: SocketIo<A>, Data(text): Data<Value>, ack: AckSender<A>| {
        io.emit("announcement", &text).await.ok();
        ack.send(&true).ok();
    });
    socket.on("kick", async |io: SocketIo<A>, Data(id): Data<String>, ack: AckSender<A>| {
        let target = id.parse().ok().and_then(|id| io.get_socket(id));
        let found = target.is_some();
        if let Some(target) = target {
            target.disconnect().ok();
        }
        ack.send(&found).ok();
    });
    socket.on("disconnects", async |State(departures): State<Arc<Departures>>, ack: AckSender<A>| {
        ack.send(&departures.list()).ok();
    });
}
