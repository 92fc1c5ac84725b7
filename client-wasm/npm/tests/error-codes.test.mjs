// Errors have the reference's messages, and beside them a code that does not change and does not show.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

function has(error, code, message) {
  assert.equal(error.code, code);
  assert.equal(error.message, message);
  assert.equal(Object.keys(error).includes("code"), false, "it shows");
}

test("of answers that do not come", async (t) => {
  const { socket } = await joined(await serve(t), { ...WAYS.websocket, reconnection: false });
  const late = await socket.timeout(1).emitWithAck("it").catch((it) => it);
  has(late, "ack timeout", "operation has timed out");
  const lost = socket.timeout(60_000).emitWithAck("it").catch((it) => it);
  socket.disconnect();
  has(await lost, "disconnected", "socket has been disconnected");
});

test("of a namespace that refuses", async (t) => {
  const place = await serve(t);
  place.server.of("/closed").use((_, next) => next(Object.assign(new Error("no entry"), { data: { a: 1 } })));
  const [refused] = await heard(join(place, WAYS.websocket, { name: "/closed" }), "connect_error");
  has(refused, "refused", "no entry");
  assert.deepEqual(refused.data, { a: 1 });
  const [unknown] = await heard(join(place, WAYS.websocket, { name: "/unknown" }), "connect_error");
  has(unknown, "refused", "Invalid namespace");
});

test("of a connection that is not made in time", async (t) => {
  const place = await serve(t);
  place.http.removeAllListeners("upgrade").on("upgrade", (_, it) => it.resume().on("end", () => it.end()));
  const [error] = await heard(join(place, { ...WAYS.websocket, timeout: 20, reconnection: false }), "connect_error");
  has(error, "timeout", "timeout");
});

test("of a transport, which has the reference's fields", async (t) => {
  const place = await serve(t, { allowRequest: (_, answer) => answer("go away", false) });
  const [error] = await heard(join(place, { ...WAYS.polling, reconnection: false }), "connect_error");
  assert.equal(error.message, "xhr poll error");
  assert.deepEqual(Object.keys(error).sort(), ["context", "description", "type"]);
  assert.equal(error.description, 403);
  assert.deepEqual(JSON.parse(error.context.responseText), { code: 4, message: "go away" });
});

test("of a server that speaks Socket.IO 2", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  const other = socket.io.socket("/old");
  const refused = heard(other, "connect_error");
  peer.conn.write("0/old,");
  const [error] = await refused;
  assert.equal(error.code, "incompatible");
  assert.match(error.message, /^It seems you are trying to reach a Socket.IO server in v2.x/);
});
