//! A second namespace on the same connection that looks at and acts on `/`.

use std::sync::Arc;

use rmpv::Value;
use socketioxide::SocketIo;
use socketioxide::extract::{AckSender, Data, SocketRef, State};

use super::departures::Departures;

pub(super) fn install(io: &SocketIo) {
    io.ns("/admin", async |socket: SocketRef| {
        socket.on("count", async |io: SocketIo, ack: AckSender| {
            ack.send(&io.sockets().len()).ok();
        });
        socket.on("announce", async |io: SocketIo, Data(text): Data<Value>, ack: AckSender| {
            io.emit("announcement", &text).await.ok();
            ack.send(&true).ok();
        });
        socket.on("kick", async |io: SocketIo, Data(id): Data<String>, ack: AckSender| {
            let target = id.parse().ok().and_then(|id| io.get_socket(id));
            let found = target.is_some();
            if let Some(target) = target {
                target.disconnect().ok();
            }
            ack.send(&found).ok();
        });
        socket.on("disconnects", async |State(departures): State<Arc<Departures>>, ack: AckSender| {
            ack.send(&departures.list()).ok();
        });
    });
}
