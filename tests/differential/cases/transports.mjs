// 1.2 to 1.7 and the options of 2.1: polling, WebSocket and the way from one to the other.

import { over, BOTH } from "./over.mjs";

const UPGRADED = { handshake: { upgrades: ["websocket"] } };
const ALL = { transports: ["polling", "websocket"] };

export default [
  {
    name: "requests of long-polling",
    rows: ["P-11", "P-14", "P-16", "P-17", "P-52", "P-70"],
    transports: ["polling"],
    requests: true,
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
    page: "cross",
    raw: {
      request(_request, response) {
        response.setHeader("set-cookie", "sweet=yes; Path=/");
        return false;
      },
    },
    async run({ connect, until, options }) {
      const upgrade = options.transports[0] === "websocket" ? { transports: ["polling", "websocket"] } : {};
      connect({ ...upgrade, withCredentials: false }, { name: "without" });
      await until("without connect");
      connect({ ...upgrade, withCredentials: true }, { name: "with" });
      await until("with connect");
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
    async run({ connect, until, server }) {
      const socket = connect({ autoConnect: false });
      for (const text of ["one", "two", "three", "a much longer text that is too long alone", "é", Uint8Array.of(1, 2, 3)]) socket.emit("x", text);
      socket.connect();
      await until("socket connect");
      await server.until("#1 polling bAQID");
    },
  },
  {
    name: "a quiet upgrade",
    rows: ["P-60", "P-61", "P-62", "P-63", "P-67", "A-112", "O-10"],
    ...ALL,
    raw: UPGRADED,
    async run({ connect, until, watchEngine, server, log }) {
      const socket = connect();
      watchEngine(socket.io.engine, "engine", ["open", "upgrading", "upgrade", "upgradeError", "close"]);
      await until("engine upgrade [");
      log(`transport ${socket.io.engine.transport.name}`);
      await until("socket connect");
      socket.emit("after");
      await server.until('#1 websocket 42["after"]');
    },
  },
  {
    name: "events during an upgrade keep their order",
    rows: ["ORD-1", "P-63", "P-62"],
    ...ALL,
    async run({ connect, until, note, watchEngine, log }) {
      const socket = connect();
      watchEngine(socket.io.engine, "engine", ["upgrading", "upgrade"]);
      const got = [];
      socket.on("echo", (number) => got.push(number));
      let sent = 0;
      while (socket.io.engine.transport.name === "polling" && sent < 2000) {
        socket.emit("echo", sent++, sent % 3 ? "text" : Uint8Array.of(sent % 256));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      socket.emit("echo", note("ack"));
      await until("ack");
      log(`in order: ${got.length === sent && got.every((number, at) => number === at)}, some: ${sent > 0}`);
    },
    // What is sent over which transport is a matter of chance.
    quiet: true,
  },
  {
    name: "upgrade false",
    rows: ["O-10", "P-60"],
    ...ALL,
    raw: UPGRADED,
    async run({ connect, until, server, log }) {
      const socket = connect({ upgrade: false });
      await until("socket connect");
      socket.emit("x");
      await server.until('#1 polling 42["x"]');
      log(`transport ${socket.io.engine.transport.name}`);
    },
  },
  {
    name: "only upgrades that are wanted",
    rows: ["P-60", "P-66"],
    transports: ["polling"],
    raw: { handshake: { upgrades: ["websocket", "carrier pigeon"] } },
    async run({ connect, until, server, log, show }) {
      const socket = connect();
      await until("socket connect");
      socket.emit("x");
      await server.until('#1 polling 42["x"]');
      log(`filtered ${show(socket.io.engine._filterUpgrades(["polling", "websocket", "x"]))}`);
    },
  },
  {
    name: "a probe that is refused",
    rows: ["P-64", "A-112"],
    ...ALL,
    raw: {
      ...UPGRADED,
      upgrade(_request, connection) {
        connection.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        return true;
      },
    },
    async run({ connect, until, watchEngine, server, log, show }) {
      const socket = connect();
      watchEngine(socket.io.engine, "engine", ["upgrading", "upgrade", "close"]);
      socket.io.engine.on("upgradeError", (error) => log(`upgradeError ${show(error.transport)} ${error.message.slice(0, 11)}`));
      await until("upgradeError");
      await until("socket connect");
      socket.emit("x");
      await server.until('#1 polling 42["x"]');
    },
  },
  {
    name: "a probe that is answered by something else",
    rows: ["Q-20", "P-64"],
    ...ALL,
    closes: true,
    raw: {
      ...UPGRADED,
      packet(_session, packet, { transport, socket }) {
        if (transport === "probe" && packet === "2probe") socket.send("3wrong");
        return transport === "probe";
      },
    },
    fixes: {
      row: "Q-20",
      wire: [
        "GET /socket.io/?EIO=4&transport=polling&t=<t>",
        "WS /socket.io/?EIO=4&transport=websocket&sid=raw-1",
        "#1 polling 40",
        "#1 probe 2probe",
        '#1 polling 42["x"]',
        "#1 closed 1005",
      ],
    },
    async run({ connect, until, watchEngine, server, note }) {
      const socket = connect();
      watchEngine(socket.io.engine, "engine", ["upgrading", "upgrade", "upgradeError", "close"]);
      await until("engine upgradeError");
      await until("socket connect");
      socket.emit("x");
      await server.until('#1 polling 42["x"]');
      // The probe's end is proved by what follows on another connection.
      const other = connect({ transports: ["websocket"], upgrade: false }, { name: "other" });
      await until("other connect");
      note("other")(other.connected);
    },
  },
  {
    name: "disconnect during an upgrade",
    rows: ["P-72", "A-51"],
    ...ALL,
    raw: UPGRADED,
    async run({ connect, until, watchEngine, server }) {
      const socket = connect();
      const { engine } = socket.io;
      watchEngine(engine, "engine", ["upgrading", "upgrade", "close"]);
      if (!socket.connected) await until("socket connect");
      if (engine.transport.name === "polling") await until("engine upgrading");
      socket.disconnect();
      await until("engine close");
      await server.until("/#1 .* 41/");
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
  {
    name: "rememberUpgrade",
    rows: ["O-12", "A-110"],
    ...ALL,
    raw: UPGRADED,
    async run({ connect, until, log, server }) {
      const socket = connect({ rememberUpgrade: true });
      const { engine } = socket.io;
      await new Promise((resolve) => engine.once("upgrade", resolve));
      await until("socket connect");
      log(`remembered ${engine.constructor.priorWebsocketSuccess}`);
      await server.closeSocket(4000, "again", 1);
      await until("socket connect [", 2);
    },
  },
  {
    name: "a remembered upgrade that fails",
    rows: ["Q-16", "O-11", "O-12"],
    ...ALL,
    raw: UPGRADED,
    fixes: { row: "Q-16", seen: [], wire: [] },
    async run({ connect, until, log, server, show }) {
      const socket = connect({ rememberUpgrade: true, tryAllTransports: true, upgrade: true });
      await new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
      await until("socket connect");
      await server.refuseUpgrades();
      await server.closeSocket(4000, "again", 1);
      await until("socket connect [", 2);
      log(`transports of the engine ${show(socket.io.engine.transports)}`);
    },
  },
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
    async run({ client, io, url, options, watch, until, server, note }) {
      const socket = watch(io(url, { ...options, transports: [client.Fetch] }), "socket", ["x"]);
      await until("socket connect");
      await server.polled();
      await server.send('42["x",1]');
      await until("socket event");
      await server.polled();
      socket.io.on("error", note("manager error"));
      await server.fail(503, "later");
      await until("socket disconnect");
    },
  },
  {
    name: "two transports by class",
    rows: ["O-09", "A-114"],
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
