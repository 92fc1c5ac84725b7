// The official server with one scenario that all cases share, and what a case adds. What a client sends is recorded as
// the server's engine decodes it.

import { Server } from "socket.io";
import { Listener } from "./listener.mjs";
import { packetLine, requestLine } from "./lines.mjs";

/** @param test its `server(io, kit)` adds handlers and may return methods; `serverOptions` go to the official server */
export async function openRealServer(test, wire, onFile) {
  const listener = new Listener(onFile);
  const io = new Server(listener.http, { cors: { origin: true, credentials: true }, ...test.serverOptions });
  record(io, wire, test);
  addScenario(io);
  const note = (line) => wire.add(line);
  const methods = test.server?.(io, { note }) ?? {};
  await listener.start();

  return {
    url: listener.url,
    port: listener.port,
    methods: {
      /** Takes the server away: connections end, new ones are refused. */
      async stop() {
        await listener.stop();
        for (const client of Object.values(io.engine.clients)) client.close(true);
      },
      start: () => listener.start(),
      /** Ends every TCP connection and goes on listening. Without its GET a client would not notice. */
      async drop() {
        await Promise.all(Object.values(io.engine.clients).map(polled));
        listener.drop();
      },
      sockets: (nsp = "/") => io.of(nsp).sockets.size,
      emit: (event, ...args) => void io.emit(event, ...args),
      ...methods,
    },
    async close() {
      await listener.stop();
      io.close();
    },
  };
}

// A line a packet, each with the number of its session. A request that opens a session stands before its packets.
function record(io, wire, test) {
  let sessions = 0;
  io.engine.use((request, _response, next) => {
    const isFirst = !request._query.sid;
    if (isFirst) wire.add(requestLine(request, test.headers), sessions + 1);
    next();
  });
  io.engine.on("connection", (engine) => {
    const session = ++sessions;
    engine.on("packet", (packet) => wire.add(`#${session} ${packetLine(engine.transport.name, packet)}`, session));
  });
}

function polled({ transport }) {
  if (transport.name !== "polling" || transport.writable) return undefined;
  return new Promise((resolve) => transport.once("ready", resolve));
}

// `/`, `/a`, `/b` and `/c` do the same; `/refused` lets nobody in; there are no others.
function addScenario(io) {
  for (const nsp of ["/", "/a", "/b", "/c"]) io.of(nsp).on("connection", addHandlers);
  io.of("/refused").use((socket, next) => {
    const error = new Error("not you");
    error.data = { code: 7, auth: socket.handshake.auth };
    next(error);
  });
}

function addHandlers(socket) {
  socket.on("echo", (...args) => {
    if (typeof args.at(-1) === "function") args.pop()(...args);
    else socket.emit("echo", ...args);
  });
  socket.on("say", (event, ...args) => void socket.emit(event, ...args));
  socket.on("auth", (answer) => answer(socket.handshake.auth));
  socket.on("quit", () => socket.disconnect());
  socket.on("quit hard", () => socket.disconnect(true));
  socket.on("cut", () => socket.conn.close());
}
