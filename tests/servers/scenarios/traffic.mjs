// Many, large, droppable and late events.

import { after, listen } from "./listen.mjs";

export function traffic(socket) {
  listen(socket, {
    burst: ([count], ack) => {
      for (let number = 1; number <= count; number++) socket.emit("tick", number);
      ack(count);
    },
    flood: ([count, size], ack) => {
      const text = "x".repeat(size);
      for (let number = 1; number <= count; number++) socket.emit("big", number, text);
      ack(count);
    },
    "volatile-burst": ([count], ack) => {
      for (let number = 1; number <= count; number++) socket.volatile.emit("volatile-tick", number);
      ack(count);
    },
    later: async ([milliseconds, event, ...args]) => {
      await after(milliseconds);
      socket.emit(event, ...args);
    },
  });
}
