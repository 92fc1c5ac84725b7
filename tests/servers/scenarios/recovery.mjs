// Connection state recovery: something to miss, and a way to ask whether it came back. Start the server with `--recovery`.

import { after, listen } from "./listen.mjs";
import { inner, join, named } from "./rooms.mjs";

export function recovery(io) {
  const nsp = io.of("/recovery");
  nsp.on("connection", (socket) => {
    const state = () => ({
      id: socket.id,
      recovered: socket.recovered ?? false,
      rooms: named(socket),
    });
    listen(socket, {
      join: async ([room], ack) => {
        const { error } = await join(socket, room);
        ack(error ? { error } : state());
      },
      state: (_args, ack) => ack(state()),
      publish: ([room, ...args], ack) => {
        nsp.to(inner(room)).emit("missed", ...args);
        ack(true);
      },
      "broadcast-after": async ([milliseconds, room, ...args]) => {
        await after(milliseconds);
        nsp.to(inner(room)).emit("missed", ...args);
      },
      "close-engine": () => socket.conn.close(),
    });
  });
}
