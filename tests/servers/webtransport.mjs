// WebTransport for an engine in Node, which knows no HTTP/3. What does (tests/stage/src/webtransport.rs) stands before this
// server and passes each session on: as a connection that asks for an upgrade to `webtransport`, and then carries what the
// session's one stream carries.
import { Duplex } from "node:stream";

/** Gives every such connection to the engine, as the session that it expects. */
export function takeSessions(http, io) {
  http.on("upgrade", (request, socket, head) => {
    if (request.headers.upgrade !== "webtransport") return;
    if (request.url !== `/webtransport${io.path()}/`) return socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    socket.setNoDelay();
    // What is wrong with it is told by its end.
    socket.on("error", () => {});
    socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: webtransport\r\n\r\n");
    if (head.length) socket.unshift(head);
    // The engine does not expect that a stream breaks before it has said a word.
    io.engine.onWebTransportSession(session(socket)).catch(() => {});
  });
}

function session(socket) {
  const stream = Duplex.toWeb(socket);
  const incomingBidirectionalStreams = new ReadableStream({ start: (streams) => streams.enqueue(stream) });
  return {
    incomingBidirectionalStreams,
    // Never rejected: the engine would end this process.
    closed: new Promise((resolve) => socket.once("close", () => resolve({ closeCode: 0, reason: "" }))),
    /** What was said before leaves, too. */
    close() {
      socket.end();
      setTimeout(() => socket.destroy(), CLOSING_MS).unref();
    },
  };
}

/** CORS beside the engine: with a middleware, as its own, it would close every session. */
export function allowOrigins(http, { origin, credentials }) {
  const answers = http.listeners("request");
  http.removeAllListeners("request");
  http.on("request", (request, response) => {
    const allowed = [origin].flat().find((it) => it === "*" || it === request.headers.origin);
    if (allowed) response.setHeader("Access-Control-Allow-Origin", allowed);
    if (credentials) response.setHeader("Access-Control-Allow-Credentials", "true");
    if (request.method !== "OPTIONS") return answers.forEach((answer) => answer.call(http, request, response));
    const asked = request.headers["access-control-request-headers"];
    if (asked) response.setHeader("Access-Control-Allow-Headers", asked);
    response.writeHead(204, { "Access-Control-Allow-Methods": "GET,POST" }).end();
  });
}

/** How long the other side may take to end a session that was closed here. */
const CLOSING_MS = 2_000;
