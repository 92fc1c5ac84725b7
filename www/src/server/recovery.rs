//! The namespace for connection state recovery. The library has no recovery, so nothing is ever recovered here; the
//! namespace exists so that a client that asks for it meets an honest "no".

use serde_json::json;
use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef, TryData};
use socketioxide_core::adapter::DefinedAdapter;
use tokio::time::sleep;

use super::args::Args;
use super::namespace::Opening;
use super::{limits, rooms};

pub(super) fn install<A: Adapter + DefinedAdapter>(namespaces: &mut Opening<'_, A>) {
    namespaces.open("/recovery", async |socket: SocketRef<A>| {
        socket.on("join", async |socket: SocketRef<A>, room: TryData<String>, ack: AckSender<A>| {
            let answer = match rooms::join(&socket, room) {
                Ok(_) => state(&socket),
                Err(why) => json!({ "error": why }),
            };
            ack.send(&answer).ok();
        });
        socket.on("state", async |socket: SocketRef<A>, ack: AckSender<A>| {
            ack.send(&state(&socket)).ok();
        });
        socket.on("publish", async |io: SocketIo<A>, Data(args): Data<Args>, ack: AckSender<A>| {
            publish(&io, args).await;
            ack.send(&true).ok();
        });
        socket.on("broadcast-after", async |io: SocketIo<A>, Data(args): Data<Args>| {
            let (wait, args) = args.split_first();
            // Not ended with the socket: that is who is to miss it.
            sleep(limits::wait(&wait)).await;
            publish(&io, args).await;
        });
    });
}

async fn publish<A: Adapter>(io: &SocketIo<A>, args: Args) {
    let (room, args) = args.split_first();
    if let (Some(namespace), Some(room)) = (io.of("/recovery"), room.as_str()) {
        namespace.to(rooms::inner(room)).emit("missed", &args).await.ok();
    }
}

fn state<A: Adapter>(socket: &SocketRef<A>) -> serde_json::Value {
    json!({ "id": socket.id, "recovered": false, "rooms": rooms::named(socket) })
}
