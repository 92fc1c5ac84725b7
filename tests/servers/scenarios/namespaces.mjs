// Namespaces that are the point: a chat of its own, one that repeats the handshake, and those made on demand.

import { listen } from "./listen.mjs";

export function namespaces(io) {
  const chat = io.of("/chat");
  chat.on("connection", (socket) => {
    listen(socket, { message: ([message]) => chat.emit("message", message) });
  });

  io.of("/handshake").on("connection", (socket) => {
    const { auth, query, headers, url } = socket.handshake;
    listen(socket, { handshake: (_args, ack) => ack({ auth, query, headers, url }) });
  });

  io.of(/^\/dynamic-\d+$/).on("connection", (socket) => {
    listen(socket, {
      where: (_args, ack) => ack(socket.nsp.name),
      message: ([message]) => socket.nsp.emit("message", message),
    });
  });
}
