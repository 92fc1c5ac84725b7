// 3.5 and 3.8: the engine as applications see it, and the members that code in the wild reads.

import { over, BOTH } from "./over.mjs";

export default [
  ...over(BOTH, {
    name: "an engine's properties",
    rows: ["A-110", "A-21"],
    raw: {},
    lacks: {
      why: "a transport of long-polling is not closed before its goodbye has left",
      seen: (lines) => lines.map((line) => line.replace(/(at close: .*"polling", false, )"closed"/, '$1"open"')),
    },
    async run({ connect, until, log, show, server, options }) {
      const socket = connect({ reconnection: false });
      const { engine } = socket.io;
      const look = (when) => {
        const { id, readyState, writeBuffer, transport, hostname, port, secure } = engine;
        log(`${when}: ${show([id, readyState, writeBuffer.length, transport.name, transport.writable, transport.readyState])}`);
        log(`address ${show([hostname, port, secure, engine.opts.path])}, query ${show({ ...transport.query, t: 0 })}`);
      };
      look("opening");
      engine.on("open", () => look("at open"));
      await until("socket connect");
      await written(engine);
      log(`binaryType ${engine.binaryType}, protocol ${engine.constructor.protocol}`);
      engine.on("close", () => look("at close"));
      engine.close();
      log(`state ${engine.readyState}`);
      await until("at close");
      if (options.transports[0] === "polling") await server.until("#1 polling 1");
    },
  }),
  {
    name: "an engine's events",
    rows: ["A-112", "P-67", "ORD-7"],
    raw: {},
    async run({ connect, until, watchEngine, server }) {
      const socket = connect({ reconnection: false }, { events: ["x"] });
      const events = ["open", "handshake", "packet", "packetCreate", "data", "message", "flush", "drain", "heartbeat"];
      watchEngine(socket.io.engine, "engine", [...events, "ping", "pong"]);
      await until("socket connect");
      // Who listens before the engine is open hears of its end before the Manager.
      watchEngine(socket.io.engine, "engine", ["error", "close"]);
      await server.send("2");
      await server.until("#1 websocket 3");
      await until("engine drain", 2);
      await server.send('42["x"]');
      await until("socket event");
      await server.closeSocket(4001, "done");
      await until("socket disconnect");
    },
  },
  ...over(BOTH, {
    name: "engine.send and engine.write",
    rows: ["A-111"],
    raw: {},
    async run({ connect, until, log, note, server }) {
      const socket = connect({ reconnection: false });
      const { engine } = socket.io;
      await until("socket connect");
      await written(engine);
      log(`returns the engine: ${engine.send("hello", note("handed over")) === engine}`);
      engine.write("with options", { compress: false }, note("also"));
      await server.until("/4with options/");
      await written(engine);
      engine.close();
      log(`when closing: ${engine.send("dropped", note("never")) === undefined}, ${engine.writeBuffer.length}`);
    },
  }),
  {
    name: "events that an application makes of the engine",
    rows: ["A-21"],
    raw: {},
    async run({ connect, until }) {
      const socket = connect({}, { events: ["injected"] });
      await until("socket connect");
      socket.io.engine.emit("data", '2["injected",1]');
      await until("socket event");
    },
  },
  {
    name: "socket.onpacket",
    rows: ["A-21"],
    raw: {},
    async run({ connect, until }) {
      const socket = connect({}, { events: ["injected"] });
      await until("socket connect");
      socket.onpacket({ type: 2, nsp: "/", data: ["injected", 1] });
      socket.onpacket({ type: 2, nsp: "/other", data: ["injected", 2] });
      await until("socket event");
    },
  },
  {
    name: "the heartbeat's wall clock",
    rows: ["P-41", "A-61", "A-101"],
    raw: {},
    async run({ connect, until, log, server }) {
      const socket = connect({ reconnection: false });
      await until("socket connect");
      const { engine } = socket.io;
      log(`in the future: ${engine._pingTimeoutTime > Date.now()}, expired ${engine._hasPingExpired()}`);
      socket.emit("written");
      await server.until("/written/");
      // As after a sleep of the computer.
      const { now } = Date;
      Date.now = () => now() + 60_000;
      socket.emit("buffered");
      log(`buffered ${socket.sendBuffer.length}, connected ${socket.connected}`);
      await until("socket disconnect");
    },
  },
  {
    name: "the transport's error and address",
    rows: ["A-103", "P-11"],
    raw: {},
    async run({ connect, until, log }) {
      const socket = connect({ reconnection: false });
      await until("socket connect");
      const { transport } = socket.io.engine;
      log(transport.uri());
      transport.onError("made up", new Error("why"), { context: true });
      await until("socket disconnect");
    },
  },
  ...over(BOTH, {
    name: "a ping is answered",
    rows: ["ORD-7", "P-40", "A-25"],
    serverOptions: { pingInterval: 1500, pingTimeout: 5000 },
    async run({ connect, until, watchEngine, server, log }) {
      const socket = connect();
      await until("socket connect");
      let heard = 0;
      socket.io.once("ping", () => heard++);
      watchEngine(socket.io.engine, "engine", ["ping", "pong"]);
      await until("engine pong");
      log(`the Manager told of ${heard} ping`);
      socket.io.engine.off("ping");
      socket.io.engine.off("pong");
      await server.until("/#1 .* 3$/");
      socket.io.reconnection(false);
      socket.disconnect();
      await server.until("/#1 .* 41/");
    },
  }),
  {
    name: "exceptions in the engine's listeners",
    rows: ["Q-21"],
    // In Node the package ws hands over no more messages after an exception.
    where: "chromium",
    raw: {},
    async run({ connect, until, server }) {
      const socket = connect({}, { events: ["x"] });
      await until("socket connect");
      socket.io.engine.on("ping", () => {
        throw new Error("of a listener");
      });
      await server.send(["2", '42["x"]']);
      await until("socket event");
      await server.until("#1 websocket 3");
      await until("uncaught");
    },
  },
];

/** Resolves when nothing waits to be written. */
async function written(engine) {
  while (engine.writeBuffer.length) await new Promise((resolve) => engine.once("drain", resolve));
}
