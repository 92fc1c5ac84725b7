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
        // A name that nobody on `/` can have sent to the others: `announcement` is anybody's there.
        io.emit("admin-announcement", &text).await.ok();
        ack.send(&true).ok();
    });
    socket.on("kick", async |io: SocketIo<A>, Data(id): Data<String>, ack: AckSender<A>| {
        ack.send(&send_away(&io, &id).await).ok();
    });
    socket.on("disconnects", async |State(departures): State<Arc<Departures>>, ack: AckSender<A>| {
        ack.send(&departures.list()).ok();
    });
}

/// Whether there was such a socket. One of another node is found when it is in the chat, which makes its id a room.
async fn send_away<A: Adapter>(io: &SocketIo<A>, id: &str) -> bool {
    // A room of any other name is not one person's.
    let Ok(sid) = id.parse() else { return false };
    if let Some(here) = io.get_socket(sid) {
        return here.disconnect().is_ok();
    }
    let elsewhere = io.to(id.to_owned()).fetch_sockets().await.unwrap_or_default();
    let mut found = false;
    for socket in elsewhere.into_iter().filter(|it| it.data().id == sid) {
        found |= socket.disconnect().await.is_ok();
    }
    found
}
