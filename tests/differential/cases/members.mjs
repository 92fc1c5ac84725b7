// Members outside the documented API that programs reach for all the same (M-01 to M-04).

import { over, BOTH } from "./over.mjs";

const COMES_BACK = "socket connect [";

/** What the server sends to be heard by who hears everything: with an answer wanted, too. */
function server(io) {
  io.on("connection", (socket) => {
    socket.on("tell", () => {
      socket.emit("plain", 1, "two");
      socket.emit("bytes", Buffer.from([1, 2]));
      socket.emit("question", "how", (answer) => socket.emit("answered", answer));
    });
    socket.on("bye", () => socket.disconnect());
  });
}

/** The most copied way to hear all events: each is dispatched again as "*". */
function hearAll(socket) {
  const { onevent } = socket;
  socket.onevent = function (packet) {
    const args = packet.data || [];
    onevent.call(this, packet);
    packet.data = ["*"].concat(args);
    onevent.call(this, packet);
  };
}

export default [
  ...over(BOTH, {
    name: "every event heard twice, by an onevent of one's own",
    rows: ["M-01"],
    server,
    async run({ connect, until, note }) {
      const socket = connect({}, { events: ["plain", "bytes", "answered"] });
      hearAll(socket);
      socket.on("*", note("any"));
      socket.on("question", (how, answer) => answer(`${how}?`));
      await until("socket connect");
      socket.emit("tell");
      await until('any ["answered"');
    },
  }),
  {
    name: "an onevent of one's own in the place of the client's, with its ack",
    rows: ["M-01"],
    server,
    async run({ connect, until, log, show }) {
      const socket = connect();
      socket.onevent = function ({ type, nsp, id, data }) {
        log(`packet ${show({ type, nsp, id, data })}`);
        if (id !== undefined) this.ack(id)("first", "of two"), this.ack(id)("second");
      };
      await until("socket connect");
      socket.emit("tell");
      await until("packet", 4);
    },
  },
  {
    name: "what a socket keeps of its options",
    rows: ["M-01"],
    async run({ connect, log, show }) {
      const auth = { token: 1 };
      const query = { a: "1" };
      const { _opts: kept } = connect({ autoConnect: false, ackTimeout: 1234, retries: 2, auth, query });
      log(`ackTimeout: ${kept.ackTimeout}, retries: ${kept.retries}, auth: ${show(kept.auth)}`);
      log(`what is in it is the same: ${kept.query === query}`);
    },
  },
  {
    name: "the listeners of an event, read and replaced where component-emitter keeps them",
    rows: ["M-04"],
    server,
    async run({ connect, until, note, log }) {
      const socket = connect({}, { events: ["answered"] });
      socket.on("plain", note("first"));
      socket.on("plain", note("second"));
      log(`there are ${socket._callbacks.$plain.length} for plain, and none for others: ${socket._callbacks.$other === undefined}`);
      socket._callbacks.$plain[1] = note("in the place of the second");
      socket.on("question", (_, answer) => answer("so"));
      await until("socket connect");
      socket.emit("tell");
      await until("socket event");
      socket.off("plain");
      log(`and then none: ${socket._callbacks.$plain === undefined}`);
    },
  },
  {
    name: "listeners handed over, and thrown away, where component-emitter keeps them",
    rows: ["M-04"],
    server,
    async run({ connect, until, note, log, io, url, options }) {
      const old = io(url, { ...options, autoConnect: false });
      old.on("plain", note("handed over"));
      old.on("connect", note("connect"));
      const socket = io(url, options);
      socket.on("plain", note("gone"));
      socket._callbacks = old._callbacks || {};
      socket.on("question", (_, answer) => answer("so"));
      socket.on("answered", note("answered"));
      await until("connect");
      socket.emit("tell");
      await until("answered");
      socket._callbacks = null;
      log(`then there are none: ${socket.listeners("plain").length}, and one more can be added`);
      socket.on("answered", note("answered anew"));
      socket.on("question", (_, answer) => answer("so"));
      socket.emit("tell");
      await until("answered anew");
      socket.disconnect();
    },
  },
  ...over(BOTH, {
    name: "manager.disconnect, and the socket again",
    rows: ["M-02", "A-101"],
    async run({ connect, until, watchManager, log }) {
      const socket = connect({}, { events: ["echo"] });
      watchManager(socket.io);
      await until("socket connect");
      socket.io.disconnect();
      log(`skipReconnect: ${socket.io.skipReconnect}, active: ${socket.active}`);
      socket.connect();
      log(`skipReconnect: ${socket.io.skipReconnect}`);
      await until(COMES_BACK, 2);
      socket.emit("echo", "again");
      await until("socket event");
    },
  }),
  ...over(BOTH, {
    name: "manager.disconnect, and the manager again: its sockets join by themselves",
    rows: ["M-02", "A-101"],
    async run({ connect, until, watchManager, io, url }) {
      const socket = connect({}, { events: ["echo"] });
      const other = socket.io.socket("/other");
      watchManager(socket.io);
      await until("socket connect");
      socket.io.disconnect();
      other.disconnect();
      socket.io.open();
      await until(COMES_BACK, 2);
      socket.emit("echo", "again");
      await until("socket event");
    },
  }),
  ...over(BOTH, {
    name: "manager.disconnect from a disconnect listener ends the loop before it begins",
    rows: ["M-02"],
    // Each end is told once.
    fixes: { row: "M-02", seen: (lines) => lines.filter((line, at) => line !== lines[at - 1]) },
    async run({ connect, until, watchManager, log }) {
      const socket = connect({}, { events: ["echo"] });
      watchManager(socket.io);
      await until("socket connect");
      socket.once("disconnect", () => socket.io.disconnect());
      socket.io.engine.close();
      await until("manager close");
      // Three times as long as it would take.
      await new Promise((resolve) => setTimeout(resolve, 60));
      log(`skipReconnect: ${socket.io.skipReconnect}, active: ${socket.active}`);
      socket.connect();
      await until(COMES_BACK, 2);
    },
  }),
  ...over(BOTH, {
    name: "manager.reconnect where it would come back by itself",
    rows: ["M-02"],
    async run({ connect, until, watchManager }) {
      const socket = connect({}, { events: ["echo"] });
      watchManager(socket.io);
      await until("socket connect");
      socket.once("disconnect", () => socket.io.reconnect());
      socket.io.engine.close();
      await until(COMES_BACK, 2);
      socket.emit("echo", "again");
      await until("socket event");
    },
  }),
  {
    name: "manager.reconnect where nobody would, and after an end on purpose",
    rows: ["M-02"],
    async run({ connect, until, log }) {
      const socket = connect({ reconnection: false });
      await until("socket connect");
      socket.on("disconnect", () => socket.io.reconnect());
      socket.io.engine.close();
      await until(COMES_BACK, 2);
      socket.disconnect();
      socket.io.reconnect();
      await new Promise((resolve) => setTimeout(resolve, 60));
      log(`connected: ${socket.connected}, skipReconnect: ${socket.io.skipReconnect}`);
    },
  },
  {
    name: "the settings of a manager as fields",
    rows: ["M-02", "A-21"],
    async run({ connect, until, log }) {
      const socket = connect({ reconnectionAttempts: 7 });
      const { io } = socket;
      log(`${[io._reconnection, io._reconnectionAttempts, io._reconnectionDelay, io._reconnectionDelayMax, io._randomizationFactor, io._timeout]}`);
      await until("socket connect");
      io._reconnection = false;
      io._reconnectionDelay = 33;
      log(`${io.reconnection()}, ${io.reconnectionDelay()}`);
      io.engine.close();
      await until("socket disconnect");
      await new Promise((resolve) => setTimeout(resolve, 100));
      log(`came back: ${socket.connected}`);
    },
  },
  {
    name: "skipReconnect set in a disconnect listener, and then connect",
    rows: ["M-02"],
    async run({ connect, until, log }) {
      const socket = connect();
      await until("socket connect");
      socket.once("disconnect", () => {
        socket.io.skipReconnect = true;
      });
      socket.io.engine.close();
      await until("socket disconnect");
      await new Promise((resolve) => setTimeout(resolve, 60));
      log(`came back: ${socket.connected}`);
      socket.connect();
      await until(COMES_BACK, 2);
      log(`skipReconnect: ${socket.io.skipReconnect}`);
      socket.io.engine.close();
      await until(COMES_BACK, 3);
    },
  },
  {
    name: "skipReconnect after the server's disconnect",
    rows: ["M-02"],
    server,
    async run({ connect, until, log }) {
      const socket = connect();
      await until("socket connect");
      log(`skipReconnect: ${socket.io.skipReconnect}`);
      socket.once("disconnect", () => {
        log(`skipReconnect: ${socket.io.skipReconnect}`);
        if (socket.io.skipReconnect) socket.connect();
      });
      socket.emit("bye");
      await until(COMES_BACK, 2);
    },
  },
  ...over(BOTH, {
    name: "transport.close: told at once, and it comes back",
    rows: ["M-03", "A-101"],
    async run({ connect, until, watchManager, log }) {
      const socket = connect({}, { events: ["echo"] });
      watchManager(socket.io);
      await until("socket connect");
      socket.io.engine.transport.close();
      log(`connected: ${socket.connected}`);
      await until(COMES_BACK, 2);
      socket.emit("echo", "again");
      await until("socket event");
    },
  }),
];
