// 3.2: from what is given to io() to what is asked of the server.

import { over, BOTH } from "./over.mjs";

export default [
  ...over(BOTH, {
    name: "namespace and query of an address",
    rows: ["A-11", "A-15", "P-10", "P-11", "P-80", "O-07"],
    raw: {},
    async run({ io, url, options, watch, until }) {
      const addresses = ["", "/", "/a", "/?x=1&y=two", "/a?z=%20three&empty=", "/a/b"];
      for (const address of addresses) {
        watch(io(`${url}${address}`, options), `"${address}"`);
        await until(`"${address}" connect`);
      }
    },
  }),
  {
    name: "schemes ws and http",
    rows: ["A-11"],
    raw: {},
    async run({ io, url, options, watch, until }) {
      watch(io(url.replace("http", "ws"), options));
      await until("socket connect");
    },
  },
  {
    name: "the namespace belongs to the socket, not to the path",
    rows: ["A-11", "A-43"],
    async run({ io, url, log, show }) {
      for (const address of ["", "/", "/a", "/a?x=1", "/a/b", "/a#c"]) {
        log(`${show(address)} is ${show(io(`${url}${address}`, { autoConnect: false, forceNew: true }).nsp)}`);
      }
    },
  },
  ...over(BOTH, {
    name: "the path option",
    rows: ["P-10", "O-05", "O-06"],
    raw: {},
    async run({ connect, until }) {
      const forms = [{ path: "/other" }, { path: "/other/" }, { path: "/other/", addTrailingSlash: false }, { path: "/" }];
      for (const [at, form] of forms.entries()) {
        connect(form, { name: `form ${at}` });
        await until(`form ${at} connect`);
      }
    },
  }),
  ...over(BOTH, {
    name: "the query option",
    rows: ["P-11", "O-07", "O-13", "P-13"],
    raw: {},
    async run({ io, url, options, watch, until }) {
      const forms = [
        [url, { query: { one: 1, "a b": "ä&=", list: [1, 2], nothing: undefined } }],
        [url, { query: "one=1&two=a%20b" }],
        [`${url}/?of=uri`, { query: { of: "option" } }],
        [url, { query: { last: true }, forceBase64: true }],
      ];
      for (const [at, [address, form]] of forms.entries()) {
        watch(io(address, { ...options, ...form }), `form ${at}`);
        await until(`form ${at} connect`);
      }
    },
  }),
  {
    name: "the query is read anew at each attempt",
    rows: ["O-07", "A-20"],
    async run({ connect, until, server }) {
      const query = { attempt: 0 };
      const socket = connect({ query });
      socket.io.on("reconnect_attempt", (attempt) => {
        query.attempt = attempt;
        socket.io.opts.query.more = "yes";
      });
      await until("socket connect");
      await server.drop();
      await until("socket connect [", 2);
    },
  },
  ...over(BOTH, {
    name: "the cache buster",
    rows: ["P-12", "O-14", "O-15"],
    raw: {},
    async run({ connect, until }) {
      const forms = [{ timestampRequests: true }, { timestampRequests: false }, { timestampRequests: true, timestampParam: "ts" }];
      for (const [at, form] of forms.entries()) {
        connect(form, { name: `form ${at}` });
        await until(`form ${at} connect`);
      }
    },
  }),
  {
    name: "what the engine makes of an address",
    rows: ["A-10", "A-110", "P-15", "O-02", "O-03", "O-04"],
    transports: ["polling"],
    async run({ io, options, log, show }) {
      for (const address of ["http://127.0.0.1", "http://127.0.0.1:80", "http://[::1]:9/a", "ws://127.0.0.1:9/", "https://127.0.0.1:9"]) {
        const given = { ...options, timestampRequests: false, reconnection: false };
        const { engine } = io(address, given).io;
        log(`${address}: ${show([engine.hostname, engine.port, engine.opts.path, engine.transport.uri()])}`);
        log(`options now ${show(["path", "hostname", "secure", "port", "query"].map((key) => given[key]))}`);
        engine.close();
      }
    },
  },
  {
    name: "host, port and secure as options",
    rows: ["A-10", "O-01", "O-02", "O-03", "O-04"],
    raw: {},
    async run({ Manager, port, options, watch, watchManager, until }) {
      const manager = watchManager(new Manager({ ...options, hostname: "127.0.0.1", port, secure: false }));
      watch(manager.socket("/a"));
      await until("socket connect");
    },
  },
  {
    name: "an address that is too long",
    rows: ["A-11"],
    async run({ io, url, attempt }) {
      attempt("8001 characters", () => io(`${url}/${"a".repeat(8000)}`));
    },
  },
  ...over(BOTH, {
    name: "one options object for two servers",
    rows: ["A-10", "A-20", "Q-23"],
    async run({ io, url, options, watch, until, log }) {
      const shared = { ...options };
      const socket = watch(io(url, shared));
      const other = io("http://127.0.0.1:9/?of=another", shared);
      other.disconnect();
      log(`the options are those of the other: ${shared.port}, the engine's its own: ${socket.io.engine.port !== "9"}`);
      await until("socket connect");
      socket.io.engine.close();
      await until("socket connect [", 2);
    },
  }),
  {
    name: "another address for a Manager",
    rows: ["A-20"],
    async run({ io, url, options, log, show, watch, until }) {
      const { io: manager } = io("http://127.0.0.1:9", { ...options, autoConnect: false });
      log(`uri ${show(manager.uri)}`);
      const whole = io("http://ann@127.0.0.1:9/chat?room=1#top", { ...options, autoConnect: false });
      log(`with everything in it ${show(whole.io.uri)}`);
      manager.uri = url;
      watch(manager.socket("/a")).connect();
      await until("socket connect");
    },
  },
  {
    name: "which calls share a Manager",
    rows: ["A-12", "A-13", "A-14", "O-40", "O-41"],
    async run({ io, url, log }) {
      const idle = { autoConnect: false };
      const first = io(url, { ...idle });
      const shares = (name, socket) => log(`${name}: ${socket.io === first.io}`);
      shares("another namespace", io(`${url}/a`, { ...idle }));
      shares("the same namespace again", io(url, { ...idle }));
      shares("with a query", io(`${url}/b?x=1`, { ...idle }));
      shares("by ws", io(`${url.replace("http", "ws")}/c`, { ...idle }));
      shares("another path", io(`${url}/d`, { ...idle, path: "/other" }));
      shares("forceNew", io(`${url}/e`, { ...idle, forceNew: true }));
      shares("force new connection", io(`${url}/f`, { ...idle, "force new connection": true }));
      shares("multiplex false", io(`${url}/g`, { ...idle, multiplex: false }));
      shares("one more namespace", io(`${url}/h`, { ...idle }));
      first.disconnect();
      shares("after a disconnect", io(`${url}/i`, { ...idle }));
    },
  },
  {
    name: "options of a later call are not the Manager's",
    rows: ["A-13", "A-15", "A-23"],
    async run({ io, url, options, watch, until, log, show }) {
      const first = watch(io(url, { transports: options.transports, query: { call: 1 } }), "first");
      const later = { transports: ["polling"], query: { call: 2 }, auth: { call: 2 } };
      const second = watch(io(`${url}/a`, later), "second");
      await until("first connect");
      await until("second connect");
      log(`one Manager: ${first.io === second.io}, its query ${show(first.io.opts.query)}`);
    },
  },
  {
    name: "the query of an address becomes an option",
    rows: ["A-15", "Q-23"],
    async run({ io, url, log, show }) {
      const given = { autoConnect: false, forceNew: true };
      const socket = io(`${url}/?x=%31&y`, given);
      log(`query ${show(given.query)}, the same object: ${socket.io.opts === given}`);
    },
  },
  ...over(BOTH, {
    name: "a query's value ends with the pair",
    rows: ["A-15", "P-11", "O-07"],
    async run({ io, url, options, watch, until }) {
      watch(io(`${url}?token=abc==&b=1=2`, { ...options }));
      await until("socket connect");
      watch(io(url, { ...options, query: "token=abc==" }), "by option");
      await until("by option connect");
    },
  }),
  {
    name: "a query may have numbers that JSON has not",
    rows: ["P-11", "O-07"],
    async run({ io, url, options, watch, until, log }) {
      const given = { ...options, forceNew: false, query: { id: 10n } };
      const socket = watch(io(url, given));
      await until("socket connect");
      log(`one Manager: ${io(`${url}/a`, { ...given, query: { id: 10n } }).io === socket.io}`);
    },
  },
  {
    name: "a Manager that is given no address",
    rows: ["O-01", "O-02", "O-03", "O-04"],
    async run({ Manager, attempt }) {
      const forms = [{ hostname: "other" }, { host: "other" }, { host: "::1" }, { host: "[::1]" }, { host: "::1", port: 9 }];
      for (const form of [...forms, { host: "::1", secure: true }]) {
        const label = JSON.stringify(form);
        const manager = new Manager({ transports: ["websocket"], reconnection: false, autoConnect: false, ...form });
        manager.open(() => {});
        const { engine } = manager;
        attempt(label, () => [engine.hostname, `${engine.port}`, engine.secure, engine.transport.uri()]);
        manager._close();
      }
    },
  },
  {
    name: "forms of a call in a page",
    rows: ["A-10", "A-11"],
    where: "chromium",
    raw: {},
    async run({ io, options, url, watch, until, log, show }) {
      const host = url.replace("http:", "");
      const forms = [[], [undefined, {}], [{}], [""], ["/a"], ["/a?x=1", {}], [`${host}/a`], [host.slice(2)], [null]];
      for (const [at, form] of forms.entries()) {
        const given = form.map((value) => (value && typeof value === "object" ? { ...options, ...value } : value));
        const socket = watch(io(...given), `form ${at}`);
        log(`form ${at}: namespace ${show(socket.nsp)}`);
        await until(`form ${at} connect`);
      }
    },
  },
  {
    name: "no page to resolve an address against",
    rows: ["A-11"],
    where: "node",
    // The reference takes the host for a part of the namespace.
    fixes: {
      row: "A-11",
      seen: ['/a returns "/a"', '127.0.0.1:9/a returns "/a"', '//127.0.0.1:9/a returns "/a"'],
    },
    async run({ io, attempt }) {
      const idle = { autoConnect: false, forceNew: true };
      for (const address of ["/a", "127.0.0.1:9/a", "//127.0.0.1:9/a"]) attempt(address, () => io(address, idle).nsp);
    },
  },
];
