// The ways in which a server ends a connection.

import { listen } from "./listen.mjs";

export function disconnects(socket) {
  listen(socket, {
    "disconnect-me": () => socket.disconnect(),
    "disconnect-me-hard": () => socket.disconnect(true),
    "close-engine": () => socket.conn.close(),
    // The last word must arrive before the end.
    goodbye: () => {
      socket.emit("goodbye", "see you");
      socket.disconnect();
    },
  });
}
