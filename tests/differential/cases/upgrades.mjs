// 1.6 and 1.7: the way from polling to WebSocket, and what is remembered of it.

const UPGRADED = { handshake: { upgrades: ["websocket"] } };
const ALL = { transports: ["polling", "websocket"] };

export default [
  {
    name: "a quiet upgrade",
    rows: ["P-60", "P-61", "P-62", "P-63", "P-67", "A-112", "O-10"],
    ...ALL,
    concurrent: true,
    raw: { ...UPGRADED, connect: false },
    async run({ connect, until, watchEngine, server, log }) {
      const socket = connect();
      watchEngine(socket.io.engine, "engine", ["open", "upgrading", "upgrade", "upgradeError", "close"]);
      await until("engine upgrade [");
      log(`transport ${socket.io.engine.transport.name}`);
      await server.until("#1 probe 5");
      await server.send('40{"sid":"after"}');
      await until("socket connect");
      socket.emit("after");
      await server.until('#1 websocket 42["after"]');
    },
  },
  {
    name: "events during an upgrade keep their order",
    rows: ["ORD-1", "P-63", "P-62"],
    ...ALL,
    async run({ io, url, options, until, note, watchEngine, log }) {
      // Not watched: it may connect before or after the upgrade.
      const socket = io(url, options);
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
    concurrent: true,
    raw: {
      ...UPGRADED,
      connect: false,
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
      await server.until("#1 polling 40");
      await server.send('40{"sid":"after"}');
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
    concurrent: true,
    raw: {
      ...UPGRADED,
      connect: false,
      packet(_session, packet, { transport, socket }) {
        if (transport === "probe" && packet === "2probe") socket.send("3wrong");
        return transport === "probe";
      },
    },
    fixes: {
      row: "Q-20",
      wire: [
        "#1 closed 1005",
        "#1 polling 40",
        '#1 polling 42["x"]',
        "#1 probe 2probe",
        "#2 websocket 40",
        "GET /socket.io/?EIO=4&transport=polling&t=<t>",
        "WS /socket.io/?EIO=4&transport=websocket",
        "WS /socket.io/?EIO=4&transport=websocket&sid=raw-1",
      ],
    },
    async run({ connect, until, watchEngine, server, note }) {
      const socket = connect();
      watchEngine(socket.io.engine, "engine", ["upgrading", "upgrade", "upgradeError", "close"]);
      await until("engine upgradeError");
      await server.until("#1 polling 40");
      await server.send('40{"sid":"after"}');
      await until("socket connect");
      socket.emit("x");
      await server.until('#1 polling 42["x"]');
      // The probe's end is proved by what follows on another connection.
      const other = connect({ transports: ["websocket"], upgrade: false }, { name: "other" });
      await server.until("#2 websocket 40");
      await server.send('40{"sid":"other"}');
      await until("other connect");
      note("other")(other.connected);
    },
  },
  {
    name: "disconnect during an upgrade",
    rows: ["P-72", "A-51"],
    ...ALL,
    concurrent: true,
    raw: { ...UPGRADED, probe: false },
    fixes: {
      row: "P-72",
      seen: (lines) => lines.filter((line) => !/^engine upgrade/.test(line)),
      wire: [
        "#1 polling 40",
        "#1 polling 41",
        "#1 polling 1",
        "#1 probe 2probe",
        "GET /socket.io/?EIO=4&transport=polling&t=<t>",
        "WS /socket.io/?EIO=4&transport=websocket&sid=raw-1",
      ],
    },
    async run({ connect, until, watchEngine, server }) {
      const socket = connect();
      const { engine } = socket.io;
      await until("socket connect");
      watchEngine(engine, "engine", ["upgrading", "upgrade", "close"]);
      await server.until("#1 probe 2probe");
      await server.polled();
      await server.answerProbe();
      await until("engine upgrading");
      socket.disconnect();
      await server.letGo();
      await until("engine close");
      await server.until("/#1 .* 41/");
      if (engine.transport.name === "polling") await server.until("#1 polling 1");
    },
  },
  {
    name: "rememberUpgrade",
    rows: ["O-12", "A-110"],
    ...ALL,
    concurrent: true,
    raw: UPGRADED,
    async run({ connect, until, log, server }) {
      const socket = connect({ rememberUpgrade: true });
      const { engine } = socket.io;
      await new Promise((resolve) => engine.once("upgrade", resolve));
      await until("socket connect");
      log(`remembered ${engine.constructor.priorWebsocketSuccess}`);
      await server.until("#1 probe 5");
      await server.closeSocket(4000, "again", 1);
      await until("socket connect [", 2);
    },
  },
  {
    name: "a remembered upgrade that fails",
    rows: ["Q-16", "O-11", "O-12"],
    ...ALL,
    concurrent: true,
    raw: UPGRADED,
    // The reference tries no other transport than the one that failed.
    fixes: {
      row: "Q-16",
      seen: [
        'socket connect [] {id: "socket-1-1", connected: true, active: true, recovered: undefined}',
        'socket disconnect ["transport close", {description: "websocket connection closed", context: CloseEvent(4000 "again" true)}] {id: undefined, connected: false, active: true, recovered: undefined}',
        'socket connect [] {id: "socket-2-1", connected: true, active: true, recovered: undefined}',
        'transports of the engine ["polling"]',
      ],
      wire: [
        "#1 polling 40",
        "#1 probe 2probe",
        "#1 probe 5",
        "#2 polling 40",
        "GET /socket.io/?EIO=4&transport=polling&t=<t>",
        "GET /socket.io/?EIO=4&transport=polling&t=<t>",
        "WS /socket.io/?EIO=4&transport=websocket",
        "WS /socket.io/?EIO=4&transport=websocket&sid=raw-1",
      ],
    },
    async run({ connect, until, log, server, show }) {
      const socket = connect({ rememberUpgrade: true, tryAllTransports: true, upgrade: true });
      await new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
      await until("socket connect");
      await server.until("#1 probe 5");
      await server.refuseUpgrades();
      await server.closeSocket(4000, "again", 1);
      await until("socket connect [", 2);
      log(`transports of the engine ${show(socket.io.engine.transports)}`);
    },
  },
];
