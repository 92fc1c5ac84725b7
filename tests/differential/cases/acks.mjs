// 3.4 Acks.

import { over, BOTH } from "./over.mjs";

export default [
  {
    name: "a plain callback gets the server's arguments",
    rows: ["A-70"],
    async run({ connect, until, note }) {
      const socket = connect();
      await until("socket connect");
      socket.emit("echo", note("none"));
      socket.emit("echo", 1, null, "three", note("many"));
      await until("many");
    },
  },
  {
    name: "a plain callback is forgotten when the connection drops",
    rows: ["A-70", "A-73", "ORD-5"],
    async run({ connect, until, note, server, log, show }) {
      const socket = connect();
      await until("socket connect");
      socket.emit("never", note("never"));
      log(`acks ${show(Object.keys(socket.acks))}`);
      await server.until("/never/");
      await server.drop();
      await until("socket disconnect");
      log(`acks ${show(Object.keys(socket.acks))}`);
      socket.emit("echo", "buffered", note("buffered"));
      await until("buffered");
    },
  },
  {
    name: "with a timeout the error comes first",
    rows: ["A-71", "O-62"],
    async run({ connect, until, note, log, server }) {
      const socket = connect();
      await until("socket connect");
      socket.timeout(5000).emit("echo", 1, 2, function (...args) {
        log(`this is the socket: ${this === socket}`);
        note("answered")(...args);
      });
      await until("answered");
      socket.timeout(20).emit("never", function (...args) {
        log(`this is the socket: ${this === socket}`);
        note("timed out")(...args);
      });
      await until("timed out");
      socket.timeout(0).emit("never", note("at once"));
      await until("at once");
      await server.until("/never/", 2);
    },
  },
  {
    name: "ackTimeout is the default, timeout() goes before",
    rows: ["A-71", "O-62"],
    async run({ connect, until, note, server }) {
      const socket = connect({ ackTimeout: 300 });
      await until("socket connect");
      socket.emit("echo", 1, note("answered"));
      await until("answered");
      socket.emit("never", note("timed out"));
      await until("timed out");
      socket.timeout(0).emit("never", note("sooner"));
      await until("sooner");
      await server.until("/never/", 2);
    },
  },
  ...over(BOTH, {
    name: "acks that wait are refused at a disconnect, in order",
    rows: ["A-71", "A-72", "ORD-5"],
    async run({ connect, until, note, server }) {
      const socket = connect({ reconnection: false });
      await until("socket connect");
      socket.emit("never", note("plain"));
      socket.timeout(5000).emit("never", note("first"));
      socket.emitWithAck("never").catch(note("second"));
      socket.timeout(5000).emit("never", note("third"));
      await server.until("/never/", 4);
      await server.drop();
      await until("second");
    },
  }),
  {
    name: "acks of buffered events survive a disconnect",
    rows: ["A-73", "A-61"],
    async run({ connect, until, note, server }) {
      const socket = connect();
      await until("socket connect");
      socket.once("disconnect", () => socket.timeout(5000).emit("echo", "buffered", note("ack")));
      socket.io.once("reconnect_attempt", () => socket.io.engine.once("open", () => undefined));
      await server.drop();
      await until("ack");
    },
  },
  {
    name: "a timeout counts while the event is buffered",
    rows: ["A-75", "A-71"],
    async run({ connect, until, note, log, show }) {
      const socket = connect({ autoConnect: false });
      socket.timeout(20).emit("echo", "late", note("timed out"));
      socket.emit("echo", "other", note("ack"));
      await until("timed out");
      log(`buffer ${show(socket.sendBuffer.map(({ data }) => data))}`);
      socket.connect();
      await until("ack");
    },
  },
  {
    name: "emitWithAck",
    rows: ["A-72"],
    async run({ connect, until, note }) {
      const socket = connect();
      await until("socket connect");
      note("first of two")(await socket.emitWithAck("echo", 1, 2));
      note("nothing")(await socket.emitWithAck("echo"));
      note("with a timeout")(await socket.timeout(5000).emitWithAck("echo", 3));
      await socket.timeout(20).emitWithAck("never").catch(note("rejected"));
    },
  },
  {
    name: "answers that are late, unknown or double",
    rows: ["A-74", "B-21"],
    raw: {},
    async run({ connect, until, note, server }) {
      const socket = connect({}, { events: ["fence"] });
      await until("socket connect");
      socket.emit("one", note("one"));
      await server.until("#1 websocket 420");
      await server.send(["43999[1]", '430["first"]', '430["second"]']);
      await until("one");
      socket.timeout(20).emit("two", note("two"));
      await until("two");
      await server.send(['431["late"]', '42["fence"]']);
      await until("socket event");
    },
  },
  {
    name: "answering the server, once",
    rows: ["A-74", "A-92", "P-80"],
    raw: {},
    async run({ connect, until, note, server }) {
      const socket = connect();
      await until("socket connect");
      socket.onAny(note("any"));
      socket.on("ask", (question, answer) => {
        note("ask")(question, typeof answer, answer.length);
        note("returns")(answer(1, "two", { three: 3 }));
        answer("again");
      });
      await server.send(['4212["ask","?"]', '420["ask","second"]']);
      await server.until("#1 websocket 430[");
    },
  },
  {
    name: "answering with bytes, and later",
    rows: ["A-74", "P-80", "P-83"],
    raw: {},
    async run({ connect, until, server }) {
      const socket = connect({}, { nsp: "/a" });
      await until("socket connect");
      socket.on("ask", (answer) => setTimeout(() => answer({ bytes: Uint8Array.of(1, 2) }), 0));
      await server.send('42/a,13["ask"]');
      await server.until("#1 websocket (2 bytes");
    },
  },
  {
    name: "ids of acks go on over connections",
    rows: ["P-87"],
    async run({ connect, until, note, server }) {
      const socket = connect();
      await until("socket connect");
      socket.emit("echo", note("zero"));
      await until("zero");
      await server.drop();
      await until("socket connect [", 2);
      socket.emit("echo", note("one"));
      await until("one");
    },
  },
];
