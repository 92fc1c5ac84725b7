// 3.4 Listening: the emitter that sockets and Managers are.

import { over, BOTH } from "./over.mjs";

export default [
  {
    name: "on, once and off",
    rows: ["A-90"],
    async run({ connect, until, note, log, show }) {
      const socket = connect();
      const twice = note("twice");
      const once = note("once");
      const removed = note("removed");
      log(`chains: ${socket.on("echo", twice).on("echo", twice).once("echo", once).once("echo", removed) === socket}`);
      log(`listeners ${socket.listeners("echo").length}, of once ${socket.listeners("echo")[2].fn === once}`);
      log(`off chains: ${socket.off("echo", removed) === socket}, has ${socket.hasListeners("echo")}, ${socket.hasListeners("x")}`);
      await until("socket connect");
      socket.emit("echo", 1);
      socket.emit("echo", 2);
      socket.emit("echo", note("ack"));
      await until("ack");
      socket.off("echo", twice);
      log(`after off of one: ${socket.listeners("echo").length}`);
      socket.off("echo");
      log(`after off of the event: ${show(socket.listeners("echo"))}, ${socket.listeners("connect").length}`);
      socket.off();
      log(`after off: ${socket.listeners("connect").length}`);
    },
  },
  {
    name: "the names of on and off",
    rows: ["A-90"],
    async run({ connect, log }) {
      const socket = connect({ autoConnect: false });
      for (const emitter of [socket, socket.io]) {
        const { on, off, addEventListener, removeListener, removeAllListeners, removeEventListener } = emitter;
        log(`on ${on === addEventListener}, off ${[removeListener, removeAllListeners, removeEventListener].every((f) => f === off)}`);
      }
    },
  },
  {
    name: "listeners that come and go during a dispatch",
    rows: ["A-90"],
    async run({ connect, until, note, log }) {
      const socket = connect();
      await until("socket connect");
      const last = note("last");
      socket.on("echo", () => {
        log("first");
        socket.off("echo", last);
        socket.on("echo", note("added"));
      });
      socket.on("echo", last);
      socket.emit("echo", 1);
      socket.emit("echo", 2);
      socket.emit("echo", note("ack"));
      await until("ack");
    },
  },
  {
    name: "this in a listener",
    rows: ["A-90"],
    async run({ connect, until, log }) {
      const socket = connect();
      socket.on("connect", function () {
        log(`in connect: ${this === socket}`);
      });
      socket.onAny(function () {
        log(`in any: ${this === socket}`);
      });
      socket.on("echo", function () {
        log(`in echo: ${this === socket}`);
      });
      socket.io.on("open", function () {
        log(`in open: ${this === socket.io}`);
      });
      await until("socket connect");
      socket.emit("echo");
      await until("in echo");
    },
  },
  {
    name: "catch-all listeners",
    rows: ["A-92", "ORD-6"],
    async run({ connect, until, note, log }) {
      const socket = connect({}, { events: ["echo"] });
      const removed = note("removed");
      log(`chains: ${socket.onAny(note("any")).onAny(removed).prependAny(note("before any")).offAny(removed) === socket}`);
      const live = socket.listenersAny();
      log(`listeners ${live.length}, the same list: ${live === socket.listenersAny()}`);
      await until("socket connect");
      socket.emit("echo", 1, Uint8Array.of(1));
      await until("socket event");
      socket.offAny();
      log(`listeners ${socket.listenersAny().length}`);
      socket.emit("echo", 2);
      await until("socket event", 2);
    },
  },
  {
    name: "catch-all listeners and answers",
    rows: ["A-92", "A-74"],
    raw: {},
    async run({ connect, until, server, note }) {
      const socket = connect();
      socket.onAny((event, ...args) => {
        note("any")(event, ...args);
        args.at(-1)("from any");
      });
      socket.on("ask", (answer) => answer("too late"));
      await until("socket connect");
      await server.send('425["ask"]');
      await server.until("#1 websocket 435");
    },
  },
  {
    name: "catch-all listeners of what goes out",
    rows: ["A-93", "ORD-2"],
    async run({ connect, until, note, log }) {
      const socket = connect({ autoConnect: false });
      const removed = note("removed");
      socket.onAnyOutgoing(note("out")).onAnyOutgoing(removed).prependAnyOutgoing(note("before out")).offAnyOutgoing(removed);
      log(`listeners ${socket.listenersAnyOutgoing().length}`);
      socket.emit("echo", "buffered", Uint8Array.of(1), note("ack"));
      socket.connect();
      await until("ack");
      socket.emit("echo", "direct");
      socket.offAnyOutgoing();
      log(`listeners ${socket.listenersAnyOutgoing().length}`);
      socket.emit("echo", "unseen", note("second ack"));
      await until("second ack");
    },
  },
  ...over(BOTH, {
    name: "who leaves in the midst of a burst hears no more of it",
    rows: ["A-51", "ORD-6"],
    raw: {},
    async run({ connect, until, server, note, log }) {
      const socket = connect({ reconnection: false }, { events: ["one", "two"] });
      socket.on("one", () => {
        log("leaves");
        socket.disconnect();
        log("has left");
      });
      socket.onAny(note("any"));
      await until("socket connect");
      await server.send(['42["one"]', '42["two"]', '42["two"]']);
      await until("has left");
      // What is told later is told before a new connection is.
      connect({ forceNew: true }, { name: "fence" });
      await until("fence connect");
    },
  }),
  {
    name: "a catch-all listener that removes itself",
    rows: ["A-92", "A-90"],
    async run({ connect, until, note, log }) {
      const socket = connect();
      const self = () => {
        log("self");
        socket.offAny(self);
      };
      socket.onAny(self).onAny(note("any"));
      await until("socket connect");
      socket.emit("echo", 1);
      socket.emit("echo", 2);
      await until("any", 2);
    },
  },
];
