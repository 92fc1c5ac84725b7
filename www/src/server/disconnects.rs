//! The ways in which a server ends a connection. The library keeps the engine to itself, so there is no `close-engine`.

use socketioxide::SocketIo;
use socketioxide::adapter::Adapter;
use socketioxide::extract::SocketRef;

pub(super) fn install<A: Adapter>(socket: &SocketRef<A>) {
    socket.on("disconnect-me", async |socket: SocketRef<A>| {
        socket.disconnect().ok();
    });
    // A connection has one id in every namespace here; with the last namespace gone the client closes the connection.
    socket.on("disconnect-me-hard", async |io: SocketIo<A>, socket: SocketRef<A>| {
        for namespace in io.nsps() {
            if let Some(same) = namespace.get_socket(socket.id) {
                same.disconnect().ok();
            }
        }
    });
    // The last word must arrive before the end.
    socket.on("goodbye", async |socket: SocketRef<A>| {
        socket.emit("goodbye", "see you").ok();
        socket.disconnect().ok();
    });
}
