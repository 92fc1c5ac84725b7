// Many, large, droppable and late events.

import { listen, waited } from "./listen.mjs";
import * as limits from "./limits.mjs";

export function traffic(socket) {
  listen(socket, {
    burst: ([asked], ack) => {
      const count = limits.events(asked);
      for (let number = 1; number <= count; number++) socket.emit("tick", number);
      ack(count);
    },
    flood: (asked, ack) => {
      const [count, size] = limits.flood(...asked);
      const text = "x".repeat(size);
      for (let number = 1; number <= count; number++) socket.emit("big", number, text);
      ack(count);
    },
    "volatile-burst": ([asked], ack) => {
      const count = limits.events(asked);
      for (let number = 1; number <= count; number++) socket.volatile.emit("volatile-tick", number);
      ack(count);
    },
    later: async ([milliseconds, event, ...args]) => {
      if (await waited(socket, milliseconds)) socket.emit(event, ...args);
    },
  });
}
