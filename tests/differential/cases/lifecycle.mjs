// 3.6: the page's life.

import { over, BOTH } from "./over.mjs";

export default [
  ...over(BOTH, {
    name: "the page goes offline",
    rows: ["A-120", "A-102"],
    where: "chromium",
    async run({ connect, until, watchManager, server }) {
      const socket = connect({ reconnectionDelay: 300, reconnectionDelayMax: 300 });
      watchManager(socket.io);
      await until("socket connect");
      // The browser says so too late for a polling request that fails first: the event is what this is about.
      dispatchEvent(new Event("offline"));
      await until("socket disconnect");
      await until("socket connect [", 2);
      await server.until("#2");
    },
  }),
  {
    name: "the network goes and comes back",
    rows: ["A-120", "A-121", "A-103"],
    where: "chromium",
    async run({ connect, until, server, log }) {
      const socket = connect({ reconnectionDelay: 50, reconnectionDelayMax: 50 });
      await until("socket connect");
      socket.io.once("reconnect_error", () => log("an attempt failed"));
      await server.offline(true);
      await until("an attempt failed");
      socket.io.once("reconnect", () => log("reconnected"));
      await server.offline(false);
      await until("reconnected");
      await server.until("#2 websocket 40");
      log(`connected to another session: ${socket.io.engine.readyState}`);
    },
    // How many attempts fail meanwhile is a matter of time: only the first lines are the same each time.
    lines: 2,
  },
  {
    name: "the page is hidden for good",
    rows: ["A-122"],
    where: "chromium",
    transports: ["polling"],
    raw: {},
    // The browser ends what a page asks for with the page; one that is only told so goes on.
    lacks: {
      why: "requests of a page that goes away are ended by the browser alone (A-122)",
      seen: ([connected, ...rest]) => [connected, 'socket event "x" []', ...rest],
    },
    async run({ connect, until, server, note }) {
      const socket = connect({ reconnection: false }, { events: ["x"] });
      socket.io.on("error", note("manager error"));
      await until("socket connect");
      await server.polled();
      dispatchEvent(new PageTransitionEvent("pagehide", { persisted: false }));
      await server.send('42["x"]').catch((error) => note("server")(error.message));
      const other = connect({ transports: ["websocket"] }, { name: "other" });
      await until("other connect");
      note("still")(socket.connected, other.connected);
    },
  },
  ...over(BOTH, {
    name: "closeOnBeforeunload",
    rows: ["O-20", "A-123"],
    where: "chromium",
    raw: {},
    closes: true,
    async run({ connect, until, note }) {
      const socket = connect({ closeOnBeforeunload: true, reconnection: false });
      const kept = connect({ reconnection: false }, { name: "kept" });
      await until("socket connect");
      await until("kept connect");
      dispatchEvent(new Event("beforeunload"));
      const other = connect({ transports: ["websocket"] }, { name: "other" });
      await until("other connect");
      note("connected")(socket.connected, kept.connected, socket.io.engine.transport.readyState);
    },
    quiet: true,
  }),
];
