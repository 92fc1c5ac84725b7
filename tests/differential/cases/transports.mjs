// 1.2 to 1.5 and the options of 2.1: polling and WebSocket.

import { goodbye } from "./goodbye.mjs";
import { over, BOTH } from "./over.mjs";

const UPGRADED = { handshake: { upgrades: ["websocket"] } };

export default [
  {
    name: "requests of long-polling",
    rows: ["P-11", "P-14", "P-16", "P-17", "P-52", "P-70"],
    transports: ["polling"],
    requests: true,
    concurrent: true,
    headers: ["accept", "content-type", "cookie", "x-mine"],
    raw: {},
    async run({ connect, until, server }) {
      const socket = connect({ extraHeaders: { "X-Mine": "yes" } }, { events: ["x"] });
      await until("socket connect");
      await server.polled();
      await server.send(['42["x",1]', '42["x",2]']);
      await until("socket event", 2);
      await server.polled();
      socket.disconnect();
      await server.until("#1 polling 1");
    },
  },
  {
    name: "the request of a WebSocket",
    rows: ["O-18", "O-24", "P-11"],
    headers: ["x-mine", "sec-websocket-protocol", "cookie"],
    raw: {},
    async run({ connect, until }) {
      connect({ extraHeaders: { "X-Mine": "yes" } });
      await until("socket connect");
    },
  },
  ...over(["polling", "websocket"], {
    name: "cookies with and without credentials",
    rows: ["O-19"],
    headers: ["cookie"],
    requests: true,
    concurrent: true,
    page: "cross",
    raw: {
      request(_request, response) {
        response.setHeader("set-cookie", "sweet=yes; Path=/");
        return false;
      },
    },
    async run({ connect, until, options, server }) {
      const upgrade = options.transports[0] === "websocket" ? { transports: ["polling", "websocket"] } : {};
      for (const name of ["without", "with"]) {
        connect({ ...upgrade, withCredentials: name === "with" }, { name });
        await until(`${name} connect`);
        await server.polled();
      }
    },
  }),
  {
    name: "another origin",
    rows: ["O-18", "P-16"],
    where: "chromium",
    page: "cross",
    transports: ["polling"],
    headers: ["origin", "x-mine"],
    raw: {},
    async run({ connect, until }) {
      connect({}, { name: "simple" });
      await until("simple connect");
      connect({ extraHeaders: { "X-Mine": "yes" } }, { name: "with a header" });
      await until("with a header connect");
    },
  },
  {
    name: "packets wait for a POST and then go together",
    rows: ["P-17", "P-50", "P-55", "A-64"],
    transports: ["polling"],
    requests: true,
    concurrent: true,
    raw: {},
    async run({ connect, until, server }) {
      const socket = connect();
      await until("socket connect");
      await server.polled();
      if (!socket.io.engine.transport.writable) await new Promise((resolve) => socket.io.engine.once("drain", resolve));
      for (const number of [1, 2, 3]) socket.emit("x", number);
      await server.until('#1 polling 42["x",3]');
    },
  },
  {
    name: "a payload is cut by maxPayload",
    rows: ["P-54", "P-55"],
    transports: ["polling"],
    raw: { handshake: { maxPayload: 40 } },
    requests: true,
    concurrent: true,
    async run({ connect, until, server }) {
      const socket = connect();
      await until("socket connect");
      await server.polled();
      if (!socket.io.engine.transport.writable) await new Promise((resolve) => socket.io.engine.once("drain", resolve));
      // What follows waits for the first.
      for (const value of ["first", "one", "two", "three", "é", Uint8Array.of(1, 2, 3)]) socket.emit("x", value);
      await server.until("#1 polling bAQID");
    },
  },
  ...over(BOTH, {
    name: "tryAllTransports",
    rows: ["O-11"],
    raw: {
      request(_request, response) {
        response.statusCode = 500;
        response.end();
        return true;
      },
      upgrade(_request, connection) {
        connection.end("HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n");
        return true;
      },
    },
    async run({ connect, until, watchManager, log, show, options }) {
      const transports = [options.transports[0], options.transports[0] === "polling" ? "websocket" : "polling"];
      const socket = connect({ transports, tryAllTransports: true, reconnectionAttempts: 1 });
      watchManager(socket.io);
      await until("manager reconnect_error");
      log(`the list of the options ${show(transports)}, of the engine ${show(socket.io.engine.transports)}`);
    },
  }),
  ...over(BOTH, {
    name: "forceBase64",
    rows: ["O-13", "P-03", "P-13"],
    raw: {},
    async run({ connect, until, server }) {
      const socket = connect({ forceBase64: true }, { events: ["x"] });
      await until("socket connect");
      socket.emit("x", Uint8Array.of(255, 0));
      await server.until("/ b/");
      await server.send(['451-["x",{"_placeholder":true,"num":0}]', "bAQI="]);
      await until("socket event");
    },
  }),
  {
    name: "fetch as the transport",
    rows: ["A-113", "A-103"],
    raw: {},
    async run(kit) {
      const { client, io, url, options, watch, until, server, note } = kit;
      const socket = watch(io(url, { ...options, transports: [client.Fetch], reconnection: false }), "socket", ["x"]);
      await until("socket connect");
      await server.polled();
      await server.send('42["x",1]');
      await until("socket event");
      await server.polled();
      socket.io.on("error", note("manager error"));
      await server.fail(503, "later");
      await until("socket disconnect");
      await goodbye(kit);
    },
  },
  {
    name: "two transports by class",
    rows: ["O-09", "A-114"],
    concurrent: true,
    raw: UPGRADED,
    async run({ client, io, url, options, where, watch, until, server }) {
      const inNode = [client.NodeXHR, client.NodeWebSocket];
      const transports = where === "node" ? inNode : [client.XHR, client.WebSocket];
      const socket = watch(io(url, { ...options, transports: undefined, transportImplementations: transports }));
      await new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
      await until("socket connect");
      socket.emit("x");
      await server.until('#1 websocket 42["x"]');
    },
  },
  {
    name: "both lists of transports",
    rows: ["O-09"],
    async run({ client, io, url, attempt }) {
      attempt("both", () => io(url, { forceNew: true, transports: ["polling"], transportImplementations: [client.XHR] }));
    },
  },
  {
    name: "a request that takes too long",
    rows: ["O-16"],
    where: "chromium",
    transports: ["polling"],
    raw: { handshake: null },
    async run({ connect, until }) {
      connect({ requestTimeout: 50, reconnection: false });
      await until("socket connect_error");
    },
  },
  ...over(BOTH, {
    name: "transportOptions",
    rows: ["O-17"],
    headers: ["x-mine"],
    raw: {},
    async run({ connect, until }) {
      const extraHeaders = { "X-Mine": "of polling" };
      connect({ transportOptions: { polling: { extraHeaders }, websocket: { query: { EIO: 4, transport: "websocket", own: 1 } } } });
      await until("socket connect");
    },
  }),
];
