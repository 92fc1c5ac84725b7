//! Many, large, droppable and late events.

use rmpv::Value;
use socketioxide::adapter::Adapter;
use socketioxide::extract::{AckSender, Data, SocketRef};

use super::args::Args;
use super::{limits, patience};

pub(super) fn install<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("burst", async |socket: SocketRef<A>, Data(count): Data<u64>, ack: AckSender<A>| {
        let count = limits::events(count);
        for number in 1..=count {
            if !patience::emit(&socket, "tick", &number).await {
                return;
            }
        }
        ack.send(&count).ok();
    });
    socket.on(
        "flood",
        async |socket: SocketRef<A>, Data((count, size)): Data<(u64, u64)>, ack: AckSender<A>| {
            let (count, size) = limits::flood(count, size);
            let text = "x".repeat(size);
            for number in 1..=count {
                if !patience::emit(&socket, "big", &(number, &text)).await {
                    return;
                }
            }
            ack.send(&count).ok();
        },
    );
    socket.on("volatile-burst", async |socket: SocketRef<A>, Data(count): Data<u64>, ack: AckSender<A>| {
        let count = limits::events(count);
        for number in 1..=count {
            socket.volatile().emit("volatile-tick", &number).ok();
        }
        ack.send(&count).ok();
    });
    socket.on("later", async |socket: SocketRef<A>, Data(args): Data<Args>| {
        let (wait, rest) = args.split_first();
        let (event, rest) = rest.split_first();
        if let (Value::String(event), true) = (event, patience::wait(&socket, limits::wait(&wait)).await) {
            socket.emit(event.as_str().unwrap_or_default(), &rest).ok();
        }
    });
}
