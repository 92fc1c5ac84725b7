// 1.12: what a peer should not send. The fence is an event that is sent afterwards: what is told before it is all.

import { goodbye } from "./goodbye.mjs";
import { over, BOTH } from "./over.mjs";

const CONNECTED = 'socket connect [] {id: "socket-1-1", connected: true, active: true, recovered: undefined}';
const ENDED = "{id: undefined, connected: false, active: true, recovered: undefined}";
const FENCE = 'fence connect [] {id: "socket-2-1", connected: true, active: true, recovered: undefined}';
// Nothing can follow with such a server: the socket is inactive and its connection ends.
const OLD_SERVER = {
  lines: [
    'manager close ["forced close", undefined]',
    'socket connect_error [Error("It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)")] {id: undefined, connected: false, active: false, recovered: false}',
  ],
};
const WIRE = ["WS /socket.io/?EIO=4&transport=websocket", "#1 websocket 40"];

export default [
  ...broken("B-01", "text that is no packet", "zzz"),
  broken("B-01", "an empty frame", "", ["websocket"])[0],
  ...broken("B-10", "an empty message", "4", BOTH, {
    fixes: { row: "B-10", seen: (lines) => lines.map((line) => line.replace(/TypeError\(".*?base64'\)"\)/, 'Error("invalid payload")')) },
  }),
  ...broken("B-11", "an unknown type", '49["x"]'),
  ...["42[]", "42{}", "42[true]", "42[null]", '42["connect"]', '42["a"]x', '42["a'].flatMap((packet) =>
    broken("B-13", `an event ${packet}`, packet, ["websocket"]),
  ),
  ...['451["a"]', "45-", '450-["a"]', '451.5-["a"]', '45x-["a"]'].flatMap((packet) =>
    broken("B-15", `a count of attachments ${packet}`, packet, ["websocket"]),
  ),
  ...broken("B-16", "more than ten attachments", '4511-["a"]'),
  ...broken("B-17", "bytes without a header", { hex: "0102" }),
  ...broken("B-17", "text while bytes are awaited", ['451-["a",{"_placeholder":true,"num":0}]', '42["b"]']),
  ...["1", "-1", '"0"'].flatMap((num) =>
    broken("B-18", `a placeholder ${num}`, [`451-["a",{"_placeholder":true,"num":${num}}]`, { hex: "01" }], ["websocket"]),
  ),
  ...broken("B-19", "an id that is no number", '421e3["a"]', ["websocket"]),
  ...broken("B-23", "a DISCONNECT with a payload", '41{"a":1}', ["websocket"]),
  ...broken("B-13", "an answer that is no list", '430{"a":1}', ["websocket"]),
  ...broken("B-13", "a CONNECT that is no object", "40[]", ["websocket"]),
  ...broken("B-13", "a CONNECT_ERROR that is a list", "44[]", ["websocket"]),

  ...ignored("B-14", "a number as a name", '42[1,"a"]'),
  ...ignored("B-21", "an answer to nothing", "4377[1]"),
  ...ignored("B-28", "what is for others", ['42/other,["a"]', "3", "6", "5", "2extra"]),
  ...ignored("B-31", "500 lists in each other", `42["deep",${"[".repeat(500)}${"]".repeat(500)}]`),
  ...ignored("B-32", "large integers and keys twice", '42["x",9007199254740993,{"a":1,"a":2,"__proto__":3},1e400,-0]'),
  ...ignored("P-84", "a placeholder in a plain event", '42["x",{"_placeholder":true,"num":0}]'),
  ...ignored("P-84", "an attachment that nothing names", ['451-["x"]', { hex: "01" }]),
  ...ignored("P-81", "a namespace without a comma", "40/a"),

  ...mended("B-12", "an event without a payload", "42", { seen: parseError("invalid payload") }),
  ...mended("B-20", "an id beyond 2^53", '499007199254740993["a"]'.replace("49", "42"), { seen: parseError("invalid packet id") }),
  ...mended("B-18", "a placeholder between two attachments", ['451-["a",{"_placeholder":true,"num":0.5}]', { hex: "01" }], {
    seen: parseError("illegal attachments"),
  }),
  ...mended("B-09", "base64 that is none", "b@@@", {
    seen: protocolError(),
  }),
  ...mended("B-27", "a second CONNECT", '40{"sid":"second"}', {
    seen: [CONNECTED, 'any ["fence"]', 'socket event "fence" []'],
  }),
  ...mended("B-06", "a second open packet", '0{"sid":"second","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":9}', {
    seen: [...protocolError(), "id null"],
  }),
  ...mended("B-30", "a close packet over WebSocket", "1", {
    row: "F025",
    seen: ["socket disconnect", "manager close", "engine close"].reduce(
      (lines, who) => [...lines, `${who} ["transport close", {description: "transport closed by the server"}]${who[0] === "s" ? ` ${ENDED}` : ""}`],
      [CONNECTED],
    ),
  }),
  {
    name: "B-22 an answer without a payload",
    rows: ["B-22"],
    raw: {},
    fixes: {
      row: "B-22",
      seen: [
        CONNECTED,
        `socket disconnect ["parse error", Error("invalid payload")] ${ENDED}`,
        'ack [Error("socket has been disconnected")]',
      ],
    },
    async run({ connect, until, server, note }) {
      const socket = connect({ reconnection: false }, { events: ["fence"] });
      await until("socket connect");
      socket.timeout(5000).emit("x", note("ack"));
      await server.until('#1 websocket 420["x"]');
      await server.send(["430", '42["fence"]']);
      // The reference goes on after an uncaught error, which a page reports in its own time.
      await until(/^(socket (event|disconnect)|uncaught|ack)/, 2);
    },
  },

  refused("B-24", "a CONNECT_ERROR of text", '44"text"', { error: 'Error("text") {data: undefined}', active: false }),
  refused("B-25", "a CONNECT_ERROR without a payload", "44", { error: 'Error("") {data: undefined}', active: false }),
  refused("B-26", "a CONNECT without a sid", "40{}", OLD_SERVER),
  refused("B-26", "a CONNECT without anything", "40", OLD_SERVER),
  refused("P-89", "a CONNECT_ERROR with data", '44{"message":"no","data":{"a":[1]}}'),

  ...over(BOTH, {
    name: "B-29 events before CONNECT",
    rows: ["B-29", "ORD-2"],
    raw: { connect: false },
    async run({ connect, until, server, note, log }) {
      const socket = connect({}, { events: ["early"] });
      socket.onAny(note("any"));
      socket.io.on("packet", () => log(`received and not told: ${socket.receiveBuffer.length}`));
      await server.until("/#1 .* 40/");
      await server.send(['42["early",1]', '425["early",2]', '40{"sid":"late"}']);
      await until("socket connect");
    },
  }),
  {
    name: "B-02 a polling body that is no payload",
    rows: ["B-02"],
    transports: ["polling"],
    raw: {},
    async run(kit) {
      const { connect, until, server, watchManager } = kit;
      const socket = connect({ reconnection: false });
      watchManager(socket.io);
      await until("socket connect");
      await server.polled();
      await server.body("<html>no</html>");
      await until("manager close");
      await goodbye(kit);
    },
  },
  {
    name: "B-02 an empty body",
    rows: ["B-02", "P-05"],
    transports: ["polling"],
    raw: {},
    async run(kit) {
      const { connect, until, server, watchManager } = kit;
      const socket = connect({ reconnection: false });
      watchManager(socket.io);
      await until("socket connect");
      await server.polled();
      await server.body("");
      await until("manager close");
      await goodbye(kit);
    },
  },
  {
    name: "P-51 what stands before the mistake is delivered",
    rows: ["P-51", "B-02", "Q-11"],
    transports: ["polling"],
    raw: {},
    fixes: {
      row: "Q-11",
      seen: [
        CONNECTED,
        'socket event "before" []',
        `socket disconnect ["transport error", Error("server error") {code: "parser error"}] ${ENDED}`,
        FENCE,
      ],
    },
    async run(kit) {
      const { connect, until, server } = kit;
      connect({ reconnection: false }, { events: ["before", "after"] });
      await until("socket connect");
      await server.polled();
      await server.body('42["before"]\x1ezzz\x1e42["after"]');
      await until("socket disconnect");
      await goodbye(kit);
    },
  },
];

/** Input that ends the connection. */
function broken(row, what, packets, transports = BOTH, more = {}) {
  const test = {
    name: `${row} ${what}`,
    rows: [row],
    raw: {},
    ...more,
    async run(kit) {
      await send(kit, packets);
      await kit.until("manager close");
      if (kit.options.transports[0] === "polling") await kit.server.until("#1 polling 1");
    },
  };
  return transports.length === 1 ? [{ ...test, transports }] : over(transports, test);
}

/** Input after which everything goes on. */
function ignored(row, what, packets, { transports = ["websocket"] } = {}) {
  const run = async (kit) => {
    await send(kit, packets);
    await kit.server.send('42["fence"]');
    await kit.until("socket event");
  };
  return [{ name: `${row} ${what}`, rows: [row], raw: {}, transports, run }];
}

/** Input that the reference takes and ours does not, or the other way round. */
function mended(row, what, packets, fixes) {
  const run = async (kit) => {
    const socket = await send(kit, packets);
    await kit.server.send('42["fence"]');
    await kit.until(/^socket event|^manager close/);
    if (row === "B-06") kit.log(`id ${kit.show(socket.io.engine.id)}`);
  };
  return [{ name: `${row} ${what}`, rows: [row], raw: {}, fixes: { row, wire: WIRE, ...fixes }, run }];
}

/** Answers to CONNECT that are none. */
function refused(row, what, answer, better) {
  const name = `${row} ${what}`;
  const told = better && `{id: undefined, connected: false, active: ${better.active}, recovered: false}`;
  const fixes = better && {
    row,
    wire: [...WIRE],
    seen: [
      "manager open []",
      ...(better.lines ?? ['manager close ["forced close", undefined]', `socket connect_error [${better.error}] ${told}`]),
      "active false, connected false",
    ],
  };
  const run = async ({ connect, until, server, log, watchManager }) => {
    const socket = connect({ reconnection: false }, { events: ["fence"] });
    watchManager(socket.io);
    await server.until("#1 websocket 40");
    await server.send(answer);
    await until(/^socket connect_error|^uncaught/);
    log(`active ${socket.active}, connected ${socket.connected}`);
  };
  return { name, rows: [row], raw: { connect: false }, fixes, run };
}

async function send({ connect, options, watchManager, watchEngine, until, server, note }, packets) {
  const socket = connect({ reconnection: false }, { events: ["fence"] });
  socket.onAny(note("any"));
  await until("socket connect");
  watchEngine(socket.io.engine, "engine", ["error", "close"]);
  watchManager(socket.io);
  if (options.transports[0] === "polling") await server.polled();
  await server.send(packets);
  return socket;
}

function protocolError() {
  const error = 'Error("server error") {code: "parser error"}';
  return [
    CONNECTED,
    `manager error [${error}]`,
    `engine error [${error}]`,
    `socket disconnect ["transport error", ${error}] ${ENDED}`,
    `manager close ["transport error", ${error}]`,
    `engine close ["transport error", ${error}]`,
  ];
}

function parseError(message) {
  return [
    CONNECTED,
    'engine close ["forced close", undefined]',
    `socket disconnect ["parse error", Error(${JSON.stringify(message)})] ${ENDED}`,
    `manager close ["parse error", Error(${JSON.stringify(message)})]`,
  ];
}
