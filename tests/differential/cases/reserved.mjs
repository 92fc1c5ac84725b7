// 3.4 Reserved events: why a connection ended or did not come about, and what is told with it.

import { goodbye } from "./goodbye.mjs";
import { over, BOTH } from "./over.mjs";

const CONNECTED = 'socket connect [] {id: "<id1>", connected: true, active: true, recovered: undefined}';
const SMALL = '42["echo","small"]';
const TOO_LARGE = [
  'Error("the event is larger than the server accepts")',
  'socket event "echo" ["small"]',
];

export default [
  ...over(BOTH, {
    name: "the server disconnects a namespace",
    rows: ["A-101", "A-102", "P-90"],
    async run({ connect, until, watch, watchManager, note, log }) {
      const socket = connect();
      watchManager(socket.io);
      const other = watch(socket.io.socket("/a"), "other");
      await until("other connect");
      other.emit("quit");
      await until("other disconnect");
      log(`active ${other.active}, state ${socket.io._readyState}`);
      socket.emit("echo", note("ack"));
      await until("ack");
    },
  }),
  ...over(BOTH, {
    name: "the server disconnects the last namespace",
    rows: ["A-101", "A-102", "A-27"],
    async run({ connect, until, watchManager, log }) {
      const socket = connect();
      watchManager(socket.io);
      await until("socket connect");
      socket.emit("quit");
      await until("socket disconnect");
      log(`state ${socket.io._readyState}, reconnecting ${socket.io._reconnecting}`);
    },
  }),
  ...over(BOTH, {
    name: "the server disconnects all",
    rows: ["A-101", "A-102", "P-90"],
    async run({ connect, until, watch }) {
      const socket = connect();
      const other = watch(socket.io.socket("/a"), "other");
      await until("other connect");
      socket.emit("quit hard");
      await until("socket disconnect");
      await until("other disconnect");
    },
  }),
  ...over(BOTH, {
    name: "the server closes the connection",
    rows: ["A-101", "A-102", "P-53", "ORD-5"],
    async run({ connect, until, watchManager }) {
      const socket = connect();
      watchManager(socket.io);
      await until("socket connect");
      socket.emit("cut");
      await until("socket connect [", 2);
    },
  }),
  {
    name: "the connection breaks",
    rows: ["A-102", "A-26", "ORD-3", "ORD-5"],
    async run({ connect, until, watchManager, server }) {
      const socket = connect();
      watchManager(socket.io);
      await until("socket connect");
      await server.drop();
      await until("socket connect [", 2);
    },
  },
  {
    name: "the server goes away and comes back",
    rows: ["A-26", "A-103", "ORD-3", "ORD-4"],
    transports: ["polling"],
    async run({ connect, until, watchManager, server }) {
      const socket = connect({ reconnectionDelay: 800, reconnectionDelayMax: 800 });
      watchManager(socket.io);
      await until("socket connect");
      socket.io.once("reconnect_error", () => server.start());
      await server.stop();
      await until("manager reconnect [");
      await until("socket connect [", 2);
    },
  },
  {
    name: "no attempts are left",
    rows: ["A-26", "ORD-4", "Q-17", "A-41"],
    async run({ connect, until, watchManager, server, log }) {
      const socket = connect({ reconnectionAttempts: 2 });
      watchManager(socket.io);
      await until("socket connect");
      await server.stop();
      await until("manager reconnect_error", 2);
      log(`active ${socket.active}, reconnecting ${socket.io._reconnecting}`);
      await server.start();
      socket.connect();
      await until("socket connect [", 2);
    },
  },
  {
    name: "reconnection is switched off while it waits",
    rows: ["A-22", "A-26"],
    async run({ connect, until, watchManager, server, log }) {
      const socket = connect({ reconnectionDelay: 50 });
      watchManager(socket.io);
      await until("socket connect");
      socket.once("disconnect", () => Promise.resolve().then(() => socket.io.reconnection(false)));
      await server.drop();
      await until("socket disconnect");
      // A timer that was set later fires later.
      await new Promise((resolve) => setTimeout(resolve, 100));
      log(`active ${socket.active}, state ${socket.io._readyState}`);
      socket.io.reconnection(true);
      log(`reconnecting ${socket.io._readyState}`);
    },
  },
  ...over(BOTH, {
    name: "engine.close()",
    rows: ["A-101", "A-102", "A-111"],
    async run({ connect, until, watchManager }) {
      const socket = connect();
      watchManager(socket.io);
      await until("socket connect");
      socket.io.engine.close();
      await until("socket connect [", 2);
    },
  }),
  {
    name: "a body that is too large is refused",
    rows: ["A-102", "P-20", "P-54"],
    transports: ["polling"],
    serverOptions: { maxHttpBufferSize: 1000 },
    fixes: { row: "F030", seen: ["manager open []", CONNECTED, ...TOO_LARGE], wire: (lines) => [...lines, `#1 polling ${SMALL}`] },
    async run({ connect, until, log, watchManager }) {
      const socket = connect({ reconnection: false }, { events: ["echo"] });
      watchManager(socket.io);
      await until("socket connect");
      emitTooMuch(socket, log);
      if (socket.connected) socket.emit("echo", "small");
      await until(/^socket (disconnect|event)/);
    },
  },
  {
    name: "a frame that is too large closes the connection",
    rows: ["A-102", "P-20"],
    serverOptions: { maxHttpBufferSize: 1000 },
    fixes: { row: "F030", seen: [CONNECTED, ...TOO_LARGE], wire: (lines) => [...lines, `#1 websocket ${SMALL}`] },
    async run({ connect, until, log }) {
      const socket = connect({ reconnection: false }, { events: ["echo"] });
      await until("socket connect");
      emitTooMuch(socket, log);
      if (socket.connected) socket.emit("echo", "small");
      await until(/^socket (disconnect|event)/);
    },
  },
  ...over(BOTH, {
    name: "no ping comes",
    rows: ["A-101", "A-102", "P-40"],
    raw: { handshake: { pingInterval: 300, pingTimeout: 200 } },
    async run(kit) {
      const { connect, until, watchManager } = kit;
      const socket = connect({ reconnection: false });
      watchManager(socket.io);
      await until("socket connect");
      await until("socket disconnect");
      await goodbye(kit);
    },
  }),
  ...over(BOTH, {
    name: "a handshake that is refused",
    rows: ["A-103", "P-20"],
    serverOptions: { allowRequest: (_request, decide) => decide("go away", false) },
    async run({ connect, until, log }) {
      const socket = connect({ reconnection: false });
      socket.on("connect_error", ({ context }) => log(`body ${context?.responseText}`));
      await until("body");
    },
  }),
  {
    name: "errors of HTTP by status",
    rows: ["A-103", "P-20"],
    transports: ["polling"],
    raw: {
      request(_request, response) {
        response.statusCode = 502;
        response.end("bad gateway");
        return true;
      },
    },
    async run({ connect, until, server }) {
      connect({ reconnectionAttempts: 1 });
      await until("socket connect_error", 2);
      await server.until("GET", 2);
    },
  },
  ...over(BOTH, {
    name: "nobody listens on the port",
    rows: ["A-103", "ORD-8"],
    async run({ connect, until, server, watchManager }) {
      await server.stop();
      const socket = connect({ reconnection: false });
      watchManager(socket.io);
      await until("manager error");
    },
  }),
  {
    name: "a socket that never connected hears of a disconnect",
    rows: ["A-104", "Q-18"],
    raw: { connect: false },
    async run({ connect, until, server }) {
      connect({ reconnection: false });
      await server.until("#1 websocket 40");
      await server.closeSocket(4000, "enough");
      await until("socket disconnect");
    },
  },
];

function emitTooMuch(socket, log) {
  try {
    socket.emit("echo", "a".repeat(2000));
  } catch (error) {
    log(`Error(${JSON.stringify(error.message)})`);
  }
}
