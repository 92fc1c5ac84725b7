// A second namespace on the same connection that looks at and acts on `/`. It may have a door.

import { listen } from "./listen.mjs";

export function admin(io, log, token) {
  const admin = io.of("/admin");
  if (token !== undefined) admin.use((socket, next) => next(refusal(socket.handshake.auth.token, token)));
  admin.on("connection", (socket) => {
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

function refusal(given, wanted) {
  if (given === wanted) return undefined;
  const missing = given === undefined;
  const error = new Error(missing ? "A token is needed" : "The token is not right");
  error.data = { code: missing ? "no_token" : "bad_token" };
  return error;
}
