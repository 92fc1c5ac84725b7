// A listener that hears of the end connects again at once.

import { over, BOTH } from "./over.mjs";

const NEVER = { reconnection: false };

/** What is said over the new connection arrives. */
async function isHeard(socket, until) {
  socket.emit("echo", "again");
  await until("socket event");
}

export default [
  ...over(BOTH, {
    name: "connect from a disconnect listener, after the connection was lost",
    rows: ["A-50", "A-102", "A-25"],
    async run({ connect, until, watchManager }) {
      const socket = connect(NEVER, { events: ["echo"] });
      watchManager(socket.io);
      socket.once("disconnect", () => socket.connect());
      await until("socket connect");
      socket.emit("cut");
      await until("socket connect [", 2);
      await isHeard(socket, until);
    },
  }),
  ...over(BOTH, {
    name: "connect from a disconnect listener, after engine.close",
    rows: ["A-50", "A-101", "A-110"],
    async run({ connect, until, watchManager, log }) {
      const socket = connect(NEVER, { events: ["echo"] });
      watchManager(socket.io);
      await until("socket connect");
      const { engine } = socket.io;
      socket.once("disconnect", () => socket.connect());
      engine.close();
      await until("socket connect [", 2);
      log(`another engine: ${socket.io.engine !== engine}`);
      await isHeard(socket, until);
    },
  }),
  ...over(BOTH, {
    name: "connect from a disconnect listener, when it would come back by itself",
    rows: ["A-50", "A-101"],
    async run({ connect, until, note, log }) {
      const socket = connect({}, { events: ["echo"] });
      socket.io.on("error", note("manager error"));
      await until("socket connect");
      const { engine } = socket.io;
      socket.once("disconnect", () => socket.connect());
      engine.close();
      await until("socket connect [", 2);
      log(`another engine: ${socket.io.engine !== engine}`);
      await isHeard(socket, until);
    },
  }),
  ...over(BOTH, {
    name: "open from a disconnect listener",
    rows: ["A-23", "A-50"],
    async run({ connect, until, note, watchManager }) {
      const socket = connect(NEVER, { events: ["echo"] });
      watchManager(socket.io);
      await until("socket connect");
      socket.once("disconnect", () => socket.io.open(note("callback")));
      socket.emit("cut");
      await until("callback");
      await until("socket connect [", 2);
      await isHeard(socket, until);
    },
  }),
  ...over(BOTH, {
    name: "connect from a connect_error listener",
    rows: ["A-50", "A-25", "ORD-4"],
    async run({ connect, until, watchManager, server, count }) {
      await server.stop();
      const socket = connect(NEVER, { events: ["echo"] });
      watchManager(socket.io);
      const started = new Promise((resolve) => {
        socket.on("connect_error", async () => {
          if (count("socket connect_error") < 3) socket.connect();
          else server.start().then(resolve);
        });
      });
      await started;
      socket.connect();
      await until("socket connect [");
      await isHeard(socket, until);
    },
  }),
  ...over(BOTH, {
    name: "connect from a connect_error listener, at the last attempt",
    rows: ["A-50", "A-25", "A-26", "ORD-4"],
    async run({ connect, until, watchManager, server, count, log }) {
      await server.stop();
      const socket = connect({ reconnectionAttempts: 2 }, { events: ["echo"] });
      watchManager(socket.io);
      socket.on("connect_error", () => count("socket connect_error") === 3 && socket.connect());
      await until("manager reconnect_failed");
      await until("manager reconnect_error", 2);
      log(`active ${socket.active}, state ${socket.io._readyState}`);
      await server.start();
      socket.connect();
      await until("socket connect [");
      await isHeard(socket, until);
    },
  }),
  ...over(BOTH, {
    name: "open from a connect_error listener: each callback hears of its own attempt",
    rows: ["A-23", "ORD-4"],
    async run({ Manager, url, options, until, note, watch, server }) {
      await server.stop();
      const manager = new Manager(url, { ...options, ...NEVER, autoConnect: false });
      const socket = watch(manager.socket("/"));
      socket.once("connect_error", () => manager.open(note("second callback")));
      manager.open(note("first callback"));
      socket.connect();
      await until("second callback");
    },
  }),
];
