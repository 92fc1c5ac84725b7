// 3.9: what the reference does wrong or strangely, seen from outside. Rows that have their case elsewhere
// retries, Q-09 and Q-10 recovery, Q-12 emitting, Q-13 manager, Q-16 and Q-20 transports, Q-17 and Q-18 reserved.

import { over } from "./over.mjs";

const FIRST = 'socket connect [] {id: "socket-1-1", connected: true, active: true, recovered: undefined}';
const WIRE = ["WS /socket.io/?EIO=4&transport=websocket", "#1 websocket 40"];
const NEVER = "{id: undefined, connected: false, active: true, recovered: false}";

const REFUSED = [`socket connect_error [Error("server error") {code: "parser error"}] ${NEVER}`];
const notMade = (why) =>
  `socket connect_error [Error("websocket error") {context: undefined, description: SyntaxError(${JSON.stringify(why)}), type: "TransportError"}] ${NEVER}`;

export default [
  {
    name: "jitter after the cap",
    rows: ["Q-01", "A-26"],
    clock: 100,
    raw: {},
    fixes: { row: "Q-01", seen: ["attempts 5 to 12 all wait 5000 ms: false, none more than 7500 ms: true"] },
    async run({ io, url, server, asked, log, options, note }) {
      await server.stop();
      const manager = io(url, { forceNew: true, transports: options.transports, timeout: false }).io;
      const delays = [];
      let from = asked.length;
      await new Promise((resolve) => {
        manager.on("reconnect_attempt", (attempt) => {
          // The package ws asks for a timer of 30 s of its own.
          delays.push(Math.max(...asked.slice(from).filter((delay) => delay < 20000)));
          from = asked.length;
          if (attempt === 12) resolve(manager.reconnection(false));
        });
      });
      const late = delays.slice(4);
      const capped = late.every((delay) => Math.abs(delay - 5000) <= 5);
      log(`attempts 5 to 12 all wait 5000 ms: ${capped}, none more than 7500 ms: ${late.every((delay) => delay <= 7500)}`);
    },
  },
  {
    name: "delays after a thousand attempts",
    rows: ["Q-02"],
    fixes: { row: "Q-02", seen: ["given up []", "some of 100 delays are 0: false, some above the cap: false"] },
    clock: "jumps",
    async run({ io, url, failing, asked, log, note, until }) {
      const socket = io(url, { forceNew: true, transports: [failing], timeout: false, reconnectionAttempts: 1200 });
      socket.io.once("reconnect_failed", note("given up"));
      await until("given up");
      const delays = asked.slice(-100);
      log(`some of 100 delays are 0: ${delays.some((delay) => delay === 0)}, some above the cap: ${delays.some((delay) => delay > 7500)}`);
    },
  },
  {
    name: "connect twice while CONNECT is pending",
    rows: ["Q-03", "A-50"],
    raw: {},
    fixes: { row: "Q-03", seen: [FIRST, 'any ["fence"]'], wire: [...WIRE] },
    async run({ connect, until, server, note }) {
      const socket = connect();
      socket.onAny(note("any"));
      socket.io.on("open", () => socket.connect());
      await until("socket connect");
      await server.send('42["fence"]');
      await until("any");
    },
  },
  {
    name: "disconnect while CONNECT is pending",
    rows: ["Q-04", "A-51"],
    raw: {
      packet: (_session, packet) => packet === "40/a,",
    },
    fixes: { row: "Q-04", wire: [...WIRE, "#1 websocket 40/a,", "#1 websocket 41/a,", '#1 websocket 42["fence"]'] },
    async run({ connect, until, server, watch, log }) {
      const socket = connect({}, { events: ["fence"] });
      const other = watch(socket.io.socket("/a"), "other");
      await server.until("#1 websocket 40/a,");
      await until("socket connect");
      other.disconnect();
      log(`active ${other.active}`);
      await server.send(['40/a,{"sid":"late"}', '42["fence"]']);
      await until("socket event");
      socket.emit("fence");
      await server.until('#1 websocket 42["fence"]');
    },
  },
  {
    name: "an answer after the namespace is gone",
    rows: ["Q-07", "A-74"],
    raw: {},
    fixes: { row: "Q-07", wire: [...WIRE, "#1 websocket 40/a,", "#1 websocket 41/a,", '#1 websocket 42["fence"]'] },
    async run({ connect, until, server, watch }) {
      const socket = connect();
      const other = watch(socket.io.socket("/a"), "other");
      await until("other connect");
      const asked = new Promise((resolve) => other.on("ask", resolve));
      await server.send('42/a,1["ask"]');
      const answer = await asked;
      other.disconnect();
      answer("late");
      socket.emit("fence");
      await server.until('#1 websocket 42["fence"]');
    },
  },
  {
    name: "an event beside a close packet",
    rows: ["Q-11", "P-53"],
    transports: ["polling"],
    raw: {},
    fixes: {
      row: "Q-11",
      seen: [
        FIRST,
        'socket event "last" [1]',
        'socket disconnect ["transport close", {description: "transport closed by the server"}] {id: undefined, connected: false, active: true, recovered: undefined}',
      ],
    },
    async run({ connect, until, server }) {
      connect({ reconnection: false }, { events: ["last", "after"] });
      await until("socket connect");
      await server.polled();
      await server.send(['42["last",1]', "1", '42["after"]']);
      await until("socket disconnect");
    },
  },
  {
    name: "acks of dropped volatile events",
    rows: ["Q-15", "A-64"],
    fixes: {
      row: "Q-15",
      seen: ["acks []", 'socket connect [] {id: "<id1>", connected: true, active: true, recovered: undefined}'],
    },
    async run({ connect, until, log, show, note }) {
      const socket = connect({ autoConnect: false });
      socket.volatile.emit("echo", note("never"));
      log(`acks ${show(Object.keys(socket.acks))}`);
      socket.connect();
      await until("socket connect");
    },
  },
  {
    name: "a close before the handshake",
    rows: ["B-07", "Q-14"],
    raw: { handshake: null },
    fixes: {
      row: "B-07",
      seen: [
        `socket connect_error [Error("websocket error") {context: undefined, description: CloseEvent(4000 "no" true), type: "TransportError"}] ${NEVER}`,
      ],
    },
    async run({ connect, until, server }) {
      connect({ timeout: 2000, reconnection: false });
      await server.until("WS");
      await server.closeSocket(4000, "no");
      await until("socket connect_error");
    },
  },
  ...[
    ["B-03", "a handshake that is no JSON", "0{nonsense", REFUSED],
    ["B-04", "a handshake without upgrades", '0{"sid":"s","pingInterval":25000,"pingTimeout":20000,"maxPayload":100}', [FIRST], WIRE],
    ["B-05", "a handshake without times", '0{"sid":"s","upgrades":[],"maxPayload":100}', REFUSED],
  ].map(([row, name, handshake, seen, wire]) => ({
    name,
    rows: [row, "Q-14"],
    // The reference opens and ends at once: its CONNECT leaves or not, and an answer would come in time or not.
    raw: { handshake, connect: row !== "B-05" },
    quiet: row === "B-05",
    fixes: { row, seen, wire },
    async run({ connect, until }) {
      connect({ timeout: 1000, reconnection: false });
      await until(/^socket (connect|connect_error|disconnect) /);
    },
  })),
  {
    name: "a WebSocket that cannot be made",
    rows: ["B-08", "O-24"],
    raw: {},
    fixes: {
      row: "B-08",
      seen: {
        node: [notMade("An invalid or duplicated subprotocol was specified")],
        chromium: [notMade("Failed to construct 'WebSocket': The subprotocol 'not a token' is invalid.")],
      },
    },
    async run({ connect, until }) {
      connect({ protocols: ["not a token"], timeout: 1000, reconnection: false });
      await until("socket connect_error");
    },
  },
  ...over(["polling", "websocket"], {
    name: "the options object is the Manager's and keeps what is set on it",
    rows: ["Q-23", "A-20"],
    headers: ["x-attempt"],
    where: "node",
    raw: {},
    async run({ connect, until, server, options }) {
      const given = { extraHeaders: { "x-attempt": "1" } };
      const socket = connect(given);
      await until("socket connect");
      socket.io.opts.extraHeaders["x-attempt"] = "2";
      socket.io.opts.query = { changed: options.transports[0] };
      // A poll that is not there yet would not be dropped.
      if (options.transports[0] === "polling") await server.polled();
      await server.drop();
      if (options.transports[0] === "polling") await server.until("#1 polling 1");
      await until("socket connect [", 2);
    },
  }),
];
