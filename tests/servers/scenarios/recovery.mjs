// Connection state recovery: something to miss, and a way to ask whether it came back. Start the server with `--recovery`.

import { after, listen } from "./listen.mjs";

export function recovery(io) {
  const nsp = io.of("/recovery");
  nsp.on("connection", (socket) => {
    const state = () => ({
      id: socket.id,
      recovered: socket.recovered ?? false,
      rooms: [...socket.rooms].filter((room) => room !== socket.id).sort(),
    });
    listen(socket, {
      join: async ([room], ack) => {
        await socket.join(room);
        ack(state());
      },
      state: (_args, ack) => ack(state()),
      publish: ([room, ...args], ack) => {
        nsp.to(room).emit("missed", ...args);
        ack(true);
      },
      "broadcast-after": async ([milliseconds, room, ...args]) => {
        await after(milliseconds);
        nsp.to(room).emit("missed", ...args);
      },
      "close-engine": () => socket.conn.close(),
    });
  });
}
