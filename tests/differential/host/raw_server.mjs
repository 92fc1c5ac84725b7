// A server that says what it is told to: handshakes, frames and polling bodies byte by byte. Without further word it does
// what a client needs to connect: it answers the handshake, `40`, `2probe`, every POST, and keeps GETs waiting.

import { WebSocketServer } from "ws";
import { frameLine, requestLine } from "./lines.mjs";
import { Listener } from "./listener.mjs";
import { RawSession } from "./raw_session.mjs";

/**
 * @param test its `raw` may have
 * - `handshake`: fields that replace the default ones, a text to send as the whole open packet, or null for silence;
 * - `packet(session, text)`: what to do with a packet; true if nothing else is to be done;
 * - `request(request, response)`, `upgrade(request, connection)`: the same for requests;
 * - `connect`: false to leave CONNECT unanswered;
 * - `probe`: false to leave the probe of an upgrade to the case, which calls `answerProbe` and `letGo`.
 */
export async function openRawServer(test, wire, onFile) {
  const server = new RawServer(test, wire, onFile);
  await server.listener.start();
  return {
    url: server.listener.url,
    port: server.listener.port,
    methods: server.methods(),
    close: () => server.listener.stop(),
  };
}

class RawServer {
  #script;
  #test;
  #wire;
  #sessions = [];
  #webSockets = new WebSocketServer({ noServer: true });

  constructor(test, wire, onFile) {
    this.#script = test.raw;
    this.#test = test;
    this.#wire = wire;
    this.listener = new Listener((request, response) => {
      if (request.url.startsWith("/differential/") || request.url.startsWith("/clients/")) onFile(request, response);
      else this.#onRequest(request, response);
    });
    this.listener.http.on("upgrade", (request, connection, head) => this.#onUpgrade(request, connection, head));
  }

  /** What a case can call. `session` counts from 1; the last one if it is not given. */
  methods() {
    const at = (session) => this.#sessions[(session ?? this.#sessions.length) - 1];
    return {
      /** Packets as they are on the wire; binary as `{ hex }`. Over polling they are one payload. */
      send: (packets, session) => at(session).send([packets].flat().map(unpackHex)),
      /** A polling body as it is. */
      body: (body, session) => at(session).answer(200, body),
      /** Answers the waiting GET with an error. */
      fail: (status, body, session) => at(session).answer(status, body),
      /** Ends the connection: politely with a code over WebSocket, or at once. */
      closeSocket: (code, reason, session) => at(session).close(code, reason),
      drop: () => this.listener.drop(),
      stop: () => this.listener.stop(),
      start: () => this.listener.start(),
      /** Resolves when a GET waits for an answer. */
      polled: (session) => at(session).polled(),
      /** The two steps of a session whose script has `probe: false`: the second ends the GET that the client waits for. */
      answerProbe: (session) => at(session).answerProbe(),
      letGo: (session) => at(session).letGo(),
      /** From now on no WebSocket is let in. */
      refuseUpgrades: () => void (this.#script.upgrade = refuse),
    };
  }

  #onRequest(request, response) {
    const session = this.#of(request);
    if (request.method !== "OPTIONS" && (!session || this.#test.requests)) {
      this.#wire.add(requestLine(request, this.#test.headers), session?.number ?? this.#sessions.length + 1);
    }
    response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
    response.setHeader("access-control-allow-credentials", "true");
    response.setHeader("access-control-allow-headers", request.headers["access-control-request-headers"] ?? "x-none");
    if (request.method === "OPTIONS") response.end();
    else if (this.#script.request?.(request, response)) return;
    else if (request.method === "POST") this.#onPost(request, response, session);
    else if (session) session.onGet(response);
    else this.#open("polling").onGet(response);
  }

  async #onPost(request, response, session) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    if (this.#test.requests) this.#wire.add(`#${session?.number} body ${body.replaceAll("\x1e", "␞")}`, session?.number);
    const status = this.#script.post ?? 200;
    if (status === 200) for (const packet of body.split("\x1e")) this.#onPacket(session, "polling", packet);
    response.statusCode = status;
    response.end(status === 200 ? "ok" : "");
  }

  #onUpgrade(request, connection, head) {
    this.#wire.add(requestLine(request, this.#test.headers), this.#of(request)?.number ?? this.#sessions.length + 1);
    if (this.#script.upgrade?.(request, connection)) return;
    this.#webSockets.handleUpgrade(request, connection, head, (socket) => {
      const probed = this.#of(request);
      const session = probed ?? this.#open("websocket", socket);
      socket.on("message", (data, isBinary) => {
        const transport = probed && session.transport !== "websocket" ? "probe" : "websocket";
        this.#onPacket(session, transport, isBinary ? data : String(data), socket);
      });
      socket.on("close", (code) => {
        if (this.#test.closes) this.#wire.add(`#${session.number} closed ${code}`, session.number);
      });
    });
  }

  #of(request) {
    const sid = new URL(request.url, "http://host").searchParams.get("sid");
    return this.#sessions.find((session) => session.sid === sid);
  }

  #open(transport, socket) {
    const number = this.#sessions.length + 1;
    const session = new RawSession(number, `raw-${number}`, transport, socket);
    this.#sessions.push(session);
    const { handshake } = this.#script;
    if (typeof handshake === "string") session.send([handshake]);
    else if (handshake !== null) session.send([openPacket(session, handshake)]);
    return session;
  }

  #onPacket(session, transport, packet, socket) {
    this.#wire.add(`#${session.number} ${frameLine(transport, packet)}`, session.number);
    if (this.#script.packet?.(session, packet, { transport, socket })) return;
    if (transport === "probe") session.onProbe(packet, socket, this.#script.probe);
    else if (packet === "1") session.end();
    else if (typeof packet === "string" && packet.startsWith("40") && this.#script.connect !== false) {
      session.connects += 1;
      const nsp = packet.startsWith("40/") ? `${packet.slice(2).split(",")[0]},` : "";
      session.send([`40${nsp}${JSON.stringify({ sid: `socket-${session.number}-${session.connects}` })}`]);
    }
  }
}

// A server offers upgrades over polling only (P-66).
function openPacket({ sid, transport }, handshake) {
  const told = { ...DEFAULTS, sid, ...handshake };
  return `0${JSON.stringify(transport === "polling" ? told : { ...told, upgrades: [] })}`;
}

const DEFAULTS = { upgrades: [], pingInterval: 25000, pingTimeout: 20000, maxPayload: 1000000 };

function refuse(_request, connection) {
  connection.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
  return true;
}

function unpackHex(packet) {
  return typeof packet === "string" ? packet : Buffer.from(packet.hex, "hex");
}
