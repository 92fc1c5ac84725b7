// 3.4: properties of a socket and how it connects.

import { over, BOTH } from "./over.mjs";

export default [
  ...over(BOTH, {
    name: "a socket's properties from first to last",
    rows: ["A-40", "A-41", "A-42", "A-43"],
    async run({ connect, until, log, show, server }) {
      const look = (when, socket) => {
        const { id, connected, disconnected, active, recovered, nsp, auth, sendBuffer, receiveBuffer } = socket;
        const buffers = [sendBuffer.length, receiveBuffer.length];
        log(`${when}: ${show([typeof id, connected, disconnected, active, recovered, nsp, auth, buffers])}`);
      };
      const socket = connect({ autoConnect: false, auth: { a: 1 } });
      look("before", socket);
      socket.connect();
      look("connecting", socket);
      await until("socket connect");
      look("connected", socket);
      socket.io.once("reconnect_attempt", () => look("reconnecting", socket));
      await server.drop();
      await until("socket connect [", 2);
      socket.disconnect();
      look("after", socket);
      await server.until("/#2 .* 41/");
    },
  }),
  {
    name: "connect and disconnect return this",
    rows: ["A-50", "A-51"],
    async run({ connect, until, log, server }) {
      const socket = connect({ autoConnect: false });
      for (const name of ["disconnect", "close", "connect", "open"]) log(`${name}: ${socket[name]() === socket}`);
      await until("socket connect");
      log(`connect when connected: ${socket.connect() === socket}`);
      log(`disconnect: ${socket.disconnect() === socket}`);
      log(`disconnect again: ${socket.disconnect() === socket}`);
      await server.until("#1 websocket 41");
    },
  },
  ...over(BOTH, {
    name: "disconnect().connect()",
    rows: ["A-51", "A-26", "A-40"],
    async run({ connect, until, watchManager }) {
      const socket = connect();
      watchManager(socket.io);
      await until("socket connect");
      socket.disconnect().connect();
      await until("socket connect [", 2);
    },
  }),
  {
    name: "disconnect while the connection opens",
    rows: ["A-51", "A-27", "P-70"],
    // Whether the server hears of the first connection is a matter of time.
    quiet: true,
    async run({ connect, until, log, watchManager, server }) {
      const socket = connect();
      watchManager(socket.io);
      socket.disconnect();
      log(`active ${socket.active}`);
      const other = connect({}, { name: "other" });
      await until("other connect");
      log(`connected ${socket.connected}, state ${socket.io._readyState}, ${other.connected}`);
      log(`sockets ${await server.sockets()}`);
    },
  },
  {
    name: "disconnect and connect while the connection opens",
    rows: ["A-50", "A-51"],
    // Whether the server hears of the first connection is a matter of time.
    quiet: true,
    async run({ connect, until, server, log }) {
      const socket = connect();
      socket.disconnect();
      socket.connect();
      await until("socket connect");
      log(`sockets ${await server.sockets()}`);
    },
  },
  {
    name: "disconnect in a reconnect_attempt listener ends the loop",
    rows: ["A-26", "A-41"],
    async run({ connect, until, server, watchManager, log }) {
      const socket = connect();
      watchManager(socket.io);
      await until("socket connect");
      socket.io.on("reconnect_attempt", () => socket.disconnect());
      await server.drop();
      await until("manager close [", 2);
      log(`active ${socket.active}, reconnecting ${socket.io._reconnecting}, state ${socket.io._readyState}`);
      socket.io.off("reconnect_attempt");
      socket.connect();
      await until("socket connect [", 2);
    },
  },
  {
    name: "connect during the wait for an attempt",
    rows: ["A-50"],
    async run({ connect, until, server, watchManager, log }) {
      // The wait is not to end before it is looked at.
      const socket = connect({ reconnectionDelay: 500, reconnectionDelayMax: 500 });
      watchManager(socket.io);
      await until("socket connect");
      socket.once("disconnect", () => queueMicrotask(() => log(`connect: ${socket.connect() === socket}`)));
      await server.drop();
      await until("socket connect [", 2);
    },
  },
  ...over(BOTH, {
    name: "auth as an object, changed for the next connection",
    rows: ["O-60", "A-43", "P-80"],
    async run({ connect, until, server, note }) {
      const socket = connect({ auth: { token: "one", list: [1, null] } });
      await until("socket connect");
      socket.emit("auth", note("auth"));
      await until("auth");
      socket.auth = { token: "two" };
      await server.drop();
      await until("socket connect [", 2);
      socket.emit("auth", note("second auth"));
      await until("second auth");
    },
  }),
  {
    name: "auth as a function that answers later",
    rows: ["A-52", "O-60"],
    async run({ connect, until, log, server }) {
      let asked = 0;
      const answers = [];
      const auth = (answer) => {
        log(`asked ${++asked}`);
        answers.push(answer);
      };
      connect({ auth });
      await until("asked");
      answers[0]({ later: true });
      await until("socket connect");
      await server.drop();
      await until("asked 2");
      answers[1](undefined);
      await until("socket connect [", 2);
    },
  },
  {
    name: "auth that answers at once, with what is not an object",
    rows: ["A-52"],
    raw: {},
    fixes: { row: "F103", wire: (lines) => lines.map((line) => line.replace('40"text"', "40")) },
    async run({ connect, until }) {
      connect({ auth: (answer) => answer("text") }, { name: "text" });
      await until("text connect");
      connect({ auth: (answer) => answer(null) }, { name: "null" });
      await until("null connect");
      connect({ auth: (answer) => answer() }, { name: "nothing" });
      await until("nothing connect");
    },
  },
  {
    name: "an auth function that throws",
    rows: ["A-52"],
    raw: {},
    async run({ connect, until }) {
      const auth = () => {
        throw new Error("of auth");
      };
      connect({ auth, reconnection: false });
      await until("uncaught");
    },
  },
  ...over(BOTH, {
    name: "refused by a middleware",
    rows: ["A-53", "P-89", "A-100", "A-103"],
    async run({ connect, until, watchManager, log }) {
      const socket = connect({ auth: { who: "me" } }, { nsp: "/refused" });
      watchManager(socket.io);
      await until("socket connect_error");
      log(`state ${socket.io._readyState}, reconnecting ${socket.io._reconnecting}`);
      socket.connect();
      await until("socket connect_error", 2);
    },
  }),
  {
    name: "an unknown namespace beside a known one",
    rows: ["A-53", "P-89", "A-27"],
    async run({ connect, until, note }) {
      const socket = connect();
      await until("socket connect");
      const other = socket.io.socket("/nowhere");
      other.on("connect_error", note("other connect_error"));
      await until("other connect_error");
      socket.emit("echo", note("ack"));
      await until("ack");
    },
  },
  {
    name: "two namespaces on one connection",
    rows: ["A-24", "ORD-3", "P-80", "P-88"],
    async run({ connect, until, watch, note }) {
      const socket = connect();
      const other = watch(socket.io.socket("/a"), "other", ["echo"]);
      await until("socket connect");
      await until("other connect");
      other.emit("echo", "in /a");
      other.emit("echo", 1, note("ack"));
      await until("ack");
      other.disconnect();
      socket.emit("echo", 2, note("second ack"));
      await until("second ack");
    },
  },
  {
    name: "a namespace is opened again on a connection that is open",
    rows: ["A-50", "A-51"],
    // The official server closes the connection if both packets reach it at once.
    raw: {},
    async run({ connect, until, watch }) {
      const socket = connect();
      const other = watch(socket.io.socket("/a"), "other");
      await until("other connect");
      other.disconnect();
      other.connect();
      await until("other connect [", 2);
    },
  },
];
