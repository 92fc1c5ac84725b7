// A second namespace on the same connection that looks at and acts on `/`. It may have a door.

import { listen } from "./listen.mjs";

export function admin(io, log, token) {
  const admin = io.of("/admin");
  if (token !== undefined) admin.use((socket, next) => next(refusal(socket.handshake.auth.token, token)));
  admin.on("connection", (socket) => {
    listen(socket, {
      count: (_args, ack) => ack(io.of("/").sockets.size),
      announce: ([text], ack) => {
        // A name that nobody on `/` can have sent to the others: `announcement` is anybody's there.
        io.emit("admin-announcement", text);
        ack(true);
      },
      kick: async ([id], ack) => {
        const target = io.of("/").sockets.get(id) ?? (await elsewhere(io, id));
        target?.disconnect();
        ack(target !== undefined);
      },
      disconnects: (_args, ack) => ack(log.entries),
    });
  });
}

// With an adapter the room that a socket is by its id is known at every node; before 4.0 nobody could ask.
async function elsewhere(io, id) {
  const sockets = io.fetchSockets ? await io.in(id).fetchSockets() : [];
  return sockets.find((socket) => socket.id === id);
}

function refusal(given, wanted) {
  if (given === wanted) return undefined;
  const missing = given === undefined;
  const error = new Error(missing ? "A token is needed" : "The token is not right");
  error.data = { code: missing ? "no_token" : "bad_token" };
  return error;
}
