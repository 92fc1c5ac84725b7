// 3.4 Retry queue: one event on its way at a time.

const NEVER = { ackTimeout: 300, retries: 2 };

export default [
  {
    name: "queued events go one by one",
    rows: ["A-80", "A-93", "O-61"],
    async run({ connect, until, note }) {
      const socket = connect({ ackTimeout: 5000, retries: 2 });
      socket.onAnyOutgoing(note("outgoing"));
      await until("socket connect");
      socket.emit("echo", 1, note("first"));
      socket.emit("echo", 2, note("second"));
      socket.emit("echo", 3, note("third"));
      await until("third");
    },
  },
  {
    name: "an event is given up after its retries",
    rows: ["A-81", "A-80", "A-93"],
    async run({ connect, until, note }) {
      const socket = connect(NEVER);
      socket.onAnyOutgoing(note("outgoing"));
      await until("socket connect");
      socket.emit("never", note("given up"));
      socket.emit("echo", "next", note("next"));
      await until("next");
    },
  },
  {
    name: "a disconnect counts as a try",
    rows: ["A-81", "A-82"],
    async run({ connect, until, note, server, log, show }) {
      const socket = connect({ ackTimeout: 5000, retries: 1 });
      await until("socket connect");
      socket.emit("never", note("given up"));
      socket.emit("echo", "next", note("next"));
      await server.until('/"never"/');
      await server.drop();
      await until("socket connect [", 2);
      log(`queue ${show(socket._queue.map(({ args, tryCount }) => [args[0], tryCount]))}`);
      await server.until('/"never"/', 2);
      await server.drop();
      await until("next");
    },
  },
  {
    name: "queued events wait for the connection and go before its listeners",
    rows: ["A-82", "ORD-2"],
    async run({ connect, until, note, log, show }) {
      const socket = connect({ autoConnect: false, ackTimeout: 5000, retries: 2 });
      socket.onAnyOutgoing(note("outgoing"));
      socket.emit("echo", "first", note("ack"));
      socket.emit("echo", "second", note("second ack"));
      log(`buffer ${show(socket.sendBuffer)}, queue ${socket._queue.length}`);
      socket.connect();
      await until("second ack");
    },
  },
  {
    name: "volatile events do not queue",
    rows: ["A-83"],
    async run({ connect, until, note }) {
      const socket = connect({ ackTimeout: 5000, retries: 2 }, { events: ["echo"] });
      await until("socket connect");
      socket.emit("echo", "queued", note("ack"));
      await until("ack");
      await Promise.resolve();
      socket.emit("never");
      socket.emit("echo", "waits", note("waits"));
      if (!socket.io.engine.transport.writable) await new Promise((resolve) => socket.io.engine.once("drain", resolve));
      socket.volatile.emit("echo", "volatile");
      await until("socket event");
    },
  },
  {
    name: "an event without a callback is sent until it is answered",
    rows: ["A-83", "A-81"],
    async run({ connect, until, note }) {
      const socket = connect(NEVER);
      await until("socket connect");
      socket.emit("never", "no callback");
      socket.emit("echo", note("ack"));
      await until("ack");
    },
  },
  {
    name: "retries without a timeout take an answer for an answer",
    rows: ["Q-05", "A-84"],
    fixes: {
      row: "Q-05",
      seen: ['socket connect [] {id: "<id1>", connected: true, active: true, recovered: undefined}', 'first [null, "value"]', "second [null]"],
      wire: [
        "WS /socket.io/?EIO=4&transport=websocket",
        "#1 websocket 40",
        '#1 websocket 420["echo","value"]',
        '#1 websocket 421["echo"]',
      ],
    },
    async run({ connect, until, note }) {
      const socket = connect({ retries: 2 });
      await until("socket connect");
      socket.emit("echo", "value", note("first"));
      socket.timeout(5000).emit("echo", note("second"));
      await until("second");
    },
  },
  {
    name: "flags of a queued event are its own",
    rows: ["Q-06", "A-63"],
    fixes: { row: "Q-06", seen: ["flags {}", "compress of the next: undefined, timeout undefined"] },
    async run({ connect, log, show }) {
      const socket = connect({ autoConnect: false, ackTimeout: 5000, retries: 2 });
      socket.compress(false).timeout(77).emit("one");
      log(`flags ${show(socket.flags)}`);
      socket.emit("two");
      const { flags } = socket._queue[1];
      log(`compress of the next: ${flags.compress}, timeout ${flags.timeout}`);
    },
  },
];
