// A second namespace on the same connection that looks at and acts on `/`.

import { listen } from "./listen.mjs";

export function admin(io, log) {
  io.of("/admin").on("connection", (socket) => {
    listen(socket, {
      count: (_args, ack) => ack(io.of("/").sockets.size),
      announce: ([text], ack) => {
        io.emit("announcement", text);
        ack(true);
      },
      kick: ([id], ack) => {
        const target = io.of("/").sockets.get(id);
        target?.disconnect();
        ack(target !== undefined);
      },
      disconnects: (_args, ack) => ack(log.entries),
    });
  });
}
