// 3.4 Emitting: what goes out, when, and with which flags.

import { over, BOTH } from "./over.mjs";

export default [
  ...over(BOTH, {
    name: "emit returns this and calls back with the answer",
    rows: ["A-60", "P-80", "P-87"],
    async run({ connect, until, note, attempt }) {
      const socket = connect({}, { events: ["echo"] });
      await until("socket connect");
      attempt("is this", () => socket.emit("echo", 1, "two", [3], { four: 4 }) === socket);
      socket.emit("echo", 1, note("ack"));
      await until("ack");
    },
  }),
  {
    name: "reserved names",
    rows: ["A-60", "P-82"],
    async run({ connect, attempt }) {
      const socket = connect({ autoConnect: false });
      for (const name of ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]) {
        attempt(name, () => socket.emit(name));
      }
      attempt("error", () => socket.emit("error") === socket);
      attempt("send", () => socket.send("a") === socket);
    },
  },
  {
    name: "values as JSON has them",
    rows: ["P-86", "P-04"],
    async run({ connect, until, note, attempt }) {
      const socket = connect({}, { events: ["echo"] });
      await until("socket connect");
      const values = { none: undefined, code: () => 1, not: NaN, big: Infinity, zero: -0, when: new Date(0) };
      socket.emit("echo", values, [undefined, () => 1, Symbol("s")], new Map([[1, 2]]), "é\ud800\u2028", { toJSON: () => "own" });
      const circular = {};
      circular.self = circular;
      attempt("circular", () => socket.emit("echo", circular));
      attempt("bigint", () => socket.emit("echo", 1n));
      socket.emit("echo", note("ack"));
      await until("ack");
    },
  },
  {
    name: "event names that are not plain words",
    rows: ["A-60", "A-91", "P-80"],
    async run({ connect, until, note }) {
      const names = ["", "constructor", "__proto__", "hasOwnProperty", "a\"b\u0000", "日本"];
      const socket = connect({}, { events: names });
      await until("socket connect");
      for (const name of names) socket.emit("say", name, 1);
      socket.emit(7, "a number as a name");
      socket.emit("echo", note("ack"));
      await until("ack");
    },
  },
  ...over(BOTH, {
    name: "events before the connection",
    rows: ["A-61", "A-73", "ORD-2", "A-43"],
    async run({ connect, until, note, log, show }) {
      const socket = connect({ autoConnect: false }, { events: ["echo"] });
      socket.emit("echo", "first");
      socket.emit("echo", "second", note("ack"));
      log(`buffer ${show(socket.sendBuffer)}`);
      socket.on("connect", () => {
        log(`buffer at connect ${show(socket.sendBuffer)}`);
        socket.emit("echo", "at connect");
      });
      socket.connect();
      await until('socket event "echo" ["at connect"]');
    },
  }),
  {
    name: "the buffer is the application's to empty",
    rows: ["A-43", "A-61"],
    async run({ connect, until, note }) {
      const socket = connect({ autoConnect: false }, { events: ["echo"] });
      socket.emit("echo", "dropped");
      socket.sendBuffer = [];
      socket.emit("echo", "kept");
      socket.connect();
      await until("socket connect");
      socket.emit("echo", note("ack"));
      await until("ack");
    },
  },
  {
    name: "send is emit of message",
    rows: ["A-62"],
    async run({ connect, until }) {
      const socket = connect({}, { events: ["message"] });
      await until("socket connect");
      socket.send("one", 2);
      socket.emit("say", "message", "three");
      await until("socket event");
    },
  },
  {
    name: "flags are for one emit",
    rows: ["A-63", "A-65"],
    async run({ connect, until, log, show, note }) {
      const socket = connect();
      await until("socket connect");
      socket.io.engine.on("packetCreate", (packet) => log(`created ${show(packet.data)} ${show(packet.options)}`));
      log(`this: ${socket.volatile === socket}, ${socket.compress(false) === socket}, ${socket.timeout(1000) === socket}`);
      log(`flags ${show(socket.flags)}`);
      socket.emit("echo", 1, note("ack"));
      log(`flags ${show(socket.flags)}`);
      socket.emit("echo", 2, note("second ack"));
      await until("second ack");
    },
  },
  {
    name: "volatile events are dropped while nothing can be written",
    rows: ["A-64", "A-61"],
    async run({ connect, until, note, server }) {
      const socket = connect({ autoConnect: false }, { events: ["echo"] });
      socket.volatile.emit("echo", "before");
      socket.emit("echo", "buffered");
      socket.connect();
      await until('socket event "echo" ["buffered"]');
      socket.volatile.emit("echo", "connected");
      socket.volatile.emit("echo", "the same tick");
      socket.emit("echo", note("ack"));
      await until("ack");
      socket.once("disconnect", () => socket.volatile.emit("echo", "lost"));
      await server.drop();
      await until("socket connect [", 2);
      socket.emit("echo", note("second ack"));
      await until("second ack");
    },
  },
  {
    name: "volatile events are dropped while a POST is on its way",
    rows: ["A-64"],
    transports: ["polling"],
    async run({ connect, until, note, log }) {
      const socket = connect({}, { events: ["echo"] });
      await until("socket connect");
      if (!socket.io.engine.transport.writable) await new Promise((resolve) => socket.io.engine.once("drain", resolve));
      log(`writable ${socket.io.engine.transport.writable}`);
      socket.volatile.emit("echo", "first");
      log(`writable ${socket.io.engine.transport.writable}`);
      socket.volatile.emit("echo", "second");
      socket.emit("echo", note("ack"));
      await until("ack");
    },
  },
  {
    name: "volatile events wait for the namespace",
    rows: ["Q-12", "A-64"],
    raw: { connect: false },
    async run({ connect, until, log, server }) {
      const socket = connect();
      await server.until("#1 websocket 40");
      socket.volatile.emit("early");
      socket.on("connect", () => socket.emit("at connect"));
      log(`buffered ${socket.sendBuffer.length}`);
      await server.send('40{"sid":"late"}');
      await server.until('#1 websocket 42["at connect"]');
    },
  },
  ...over(BOTH, {
    name: "binary of every kind",
    rows: ["P-83", "P-02", "P-03", "ORD-1"],
    async run({ connect, until, note }) {
      const socket = connect();
      await until("socket connect");
      const bytes = Uint8Array.of(0, 1, 255);
      const view = new Uint8Array(Uint8Array.of(9, 8, 7, 6).buffer, 1, 2);
      socket.emit("echo", bytes, bytes.buffer, view, new DataView(bytes.buffer, 1), note("ack"));
      socket.emit("echo", { deep: [{ er: new Uint16Array([1, 515]) }] }, new Uint8Array(0), note("second ack"));
      socket.emit("echo", "text after", note("third ack"));
      await until("third ack");
    },
  }),
  ...over(BOTH, {
    name: "a Blob delays what follows",
    rows: ["P-83", "ORD-1"],
    where: "chromium",
    async run({ connect, until, note }) {
      const socket = connect();
      await until("socket connect");
      socket.emit("echo", new Blob(["abc"]), note("ack"));
      socket.emit("echo", "text after", note("second ack"));
      socket.emit("echo", { file: new File(["de"], "name") }, note("third ack"));
      await until("third ack");
    },
  }),
  {
    name: "the arguments are not changed",
    rows: ["P-83", "P-86"],
    async run({ connect, until, note, log, show }) {
      const socket = connect();
      await until("socket connect");
      const given = { bytes: Uint8Array.of(1), list: [1, { two: Uint8Array.of(2) }] };
      socket.emit("echo", given, note("ack"));
      log(`after ${show(given)}`);
      await until("ack");
    },
  },
];
