// 3.3: the Manager's own surface.

export default [
  {
    name: "a Manager's options and defaults",
    rows: ["A-20", "A-21", "A-22", "O-42", "O-43", "O-44", "O-45", "O-46", "O-47"],
    async run({ Manager, url, log, show }) {
      const look = (manager) => {
        const names = ["reconnection", "reconnectionAttempts", "reconnectionDelay", "reconnectionDelayMax"];
        return show([...names, "randomizationFactor", "timeout"].map((name) => manager[name]()));
      };
      const idle = { autoConnect: false };
      log(`defaults ${look(new Manager(url, { ...idle }))}`);
      log(`zeros ${look(new Manager(url, { ...idle, ...ZEROS }))}`);
      log(`no timeout ${look(new Manager(url, { ...idle, reconnection: false, timeout: false }))}`);
      const manager = new Manager(idle);
      log(`opts is what was given: ${manager.opts === idle}, path ${show(idle.path)}`);
      log(`before the first open: engine ${show(manager.engine)}, state ${manager._readyState}, nsps ${show(manager.nsps)}`);
    },
  },
  {
    name: "setters return the Manager and change its backoff",
    rows: ["A-22", "A-26"],
    clock: "jumps",
    async run({ io, url, options, failing, asked, until, note, log, show }) {
      const manager = io(url, { ...options, transports: [failing], autoConnect: false }).io;
      const values = { reconnection: true, reconnectionAttempts: 6, reconnectionDelay: 10, reconnectionDelayMax: 70 };
      for (const [name, value] of Object.entries({ ...values, randomizationFactor: 0, timeout: false })) {
        log(`${name} returns the Manager: ${manager[name](value) === manager}, is now ${show(manager[name]())}`);
      }
      for (const round of ["first", "second"]) {
        asked.length = 0;
        manager.once("reconnect_failed", note(`${round} loop failed`));
        manager.socket("/").connect();
        await until(`${round} loop failed`);
        log(`delays ${show(asked)}`);
      }
    },
  },
  {
    name: "open calls back",
    rows: ["A-23", "A-25", "A-21"],
    async run({ Manager, url, options, note, log, until, watchManager }) {
      const manager = watchManager(new Manager(url, { ...options, autoConnect: false }));
      log(`returns the Manager: ${manager.open(note("callback")) === manager}, state ${manager._readyState}`);
      manager.open(note("callback while opening"));
      await until("callback");
      log(`state ${manager._readyState}`);
      manager.connect(note("callback when open"));
      manager._close();
      log(`state ${manager._readyState}`);
      manager.connect(note("second callback"));
      await until("second callback");
    },
  },
  {
    name: "a failed open with a callback is not tried again",
    rows: ["A-23", "A-25"],
    transports: ["polling"],
    async run({ Manager, url, options, note, until, watchManager, server }) {
      await server.stop();
      const manager = watchManager(new Manager(url, { ...options, autoConnect: false }));
      manager.open(note("callback"));
      await until("callback");
      await server.start();
      manager.open(note("later callback"));
      await until("later callback");
    },
  },
  {
    name: "a failed open without a callback is tried again",
    rows: ["A-23", "A-26", "ORD-8", "A-25"],
    transports: ["polling"],
    async run({ Manager, url, options, until, watchManager, server }) {
      await server.stop();
      const manager = watchManager(new Manager(url, { ...options, autoConnect: false, reconnectionAttempts: 3 }));
      manager.open();
      await until("manager reconnect_error", 3);
    },
  },
  {
    name: "one socket a namespace",
    rows: ["A-24", "A-43", "O-60"],
    async run({ Manager, url, options, log, until, watch }) {
      const manager = new Manager(url, options);
      const socket = watch(manager.socket("/a", { auth: { first: true } }));
      await until("socket connect");
      log(`the same again: ${manager.socket("/a", { auth: { second: true } }) === socket}`);
      socket.disconnect();
      log(`active ${socket.active}`);
      manager.socket("/a");
      log(`active ${socket.active}`);
      await until("socket connect [", 2);
    },
  },
  {
    name: "autoConnect false on a Manager",
    rows: ["O-48", "A-24", "A-41"],
    async run({ Manager, url, options, log, until, watch, watchManager }) {
      const manager = watchManager(new Manager(url, { ...options, autoConnect: false }));
      const socket = watch(manager.socket("/"));
      manager.socket("/");
      log(`active ${socket.active}, state ${manager._readyState}`);
      socket.connect();
      log(`active ${socket.active}, state ${manager._readyState}`);
      await until("socket connect");
    },
  },
  {
    name: "decoded packets are told",
    rows: ["A-25"],
    async run({ connect, note, until }) {
      const socket = connect({}, { events: ["echo"] });
      socket.io.on("packet", note("packet"));
      await until("socket connect");
      socket.emit("echo", 1);
      socket.emit("echo", Uint8Array.of(1, 2), note("ack"));
      await until("ack");
      socket.emit("quit");
      await until("socket disconnect");
    },
  },
  {
    name: "the last socket's end closes the connection",
    rows: ["A-27", "A-51", "A-102"],
    async run({ Manager, url, options, until, watch, watchManager, log }) {
      const manager = watchManager(new Manager(url, options));
      const one = watch(manager.socket("/a"), "one");
      const two = watch(manager.socket("/b"), "two");
      await until("one connect");
      await until("two connect");
      one.disconnect();
      log("one is done");
      two.disconnect();
      log(`two is done, ${manager._readyState}`);
      two.connect();
      await until("two connect [", 2);
    },
  },
  {
    name: "an exception of a listener closes nothing",
    rows: ["A-29"],
    async run({ connect, until, note }) {
      const socket = connect({}, { events: [] });
      await until("socket connect");
      socket.on("echo", () => {
        throw new Error("of a listener");
      });
      socket.emit("echo", 1);
      socket.emit("echo", 2, note("ack"));
      await until("ack");
      await until("uncaught");
    },
  },
  {
    name: "an exception of a listener keeps an event from the listeners behind it",
    rows: ["A-29", "F132"],
    async run({ connect, until, note }) {
      const socket = connect({}, { events: [] });
      await until("socket connect");
      socket.on("echo", note("before"));
      socket.on("echo", (number) => {
        if (number === 1) throw new Error("of a listener");
      });
      socket.on("echo", note("behind"));
      socket.emit("echo", 1);
      socket.emit("echo", 2);
      await until("behind");
      await until("uncaught");
    },
  },
  {
    name: "the connect timeout",
    rows: ["A-28", "O-47", "A-103"],
    raw: { handshake: null },
    async run({ connect, watchManager, until, server }) {
      const socket = connect({ timeout: 600, reconnectionAttempts: 1 });
      watchManager(socket.io);
      await server.until("WS", 2);
      await until("manager reconnect_error");
    },
  },
  {
    name: "no transports",
    rows: ["O-08", "A-25"],
    async run({ connect, watchManager, until, log }) {
      const socket = connect({ transports: [], reconnection: false });
      watchManager(socket.io);
      log("not yet");
      await until("socket connect_error");
    },
  },
  {
    name: "the engine is replaced at each attempt",
    rows: ["A-21", "A-26"],
    async run({ connect, until, server, log }) {
      const socket = connect();
      const first = socket.io.engine;
      await until("socket connect");
      await server.drop();
      await until("socket connect [", 2);
      log(`another engine: ${socket.io.engine !== first}, the old one is ${first.readyState}`);
    },
  },
  {
    name: "manager.off() leaves the sockets' wiring",
    rows: ["Q-13"],
    fixes: {
      row: "Q-13",
      seen: [
        'socket connect [] {id: "<id1>", connected: true, active: true, recovered: undefined}',
        'socket disconnect ["transport close", {description: "websocket connection closed", context: CloseEvent(1006 "" false)}] {id: undefined, connected: false, active: true, recovered: undefined}',
        'socket connect [] {id: "<id2>", connected: true, active: true, recovered: undefined}',
      ],
      wire: [
        "WS /socket.io/?EIO=4&transport=websocket",
        "#1 websocket 40",
        "WS /socket.io/?EIO=4&transport=websocket",
        "#2 websocket 40",
      ],
    },
    async run({ connect, until, server, count }) {
      const socket = connect();
      await until("socket connect");
      socket.io.off();
      await server.drop();
      await server.until("WS", 2);
      const { engine } = socket.io;
      if (engine.readyState !== "open") await new Promise((resolve) => engine.once("open", resolve));
      if (count("socket disconnect")) await until("socket connect [", 2);
    },
  },
];

const ZEROS = { reconnectionAttempts: 0, reconnectionDelay: 0, reconnectionDelayMax: 0, randomizationFactor: 0, timeout: 0 };
