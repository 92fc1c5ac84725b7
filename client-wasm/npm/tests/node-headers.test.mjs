// In Node headers go along with every request and with the WebSocket's, for which `ws` is used (O-18, O-23).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WebSocket } from "ws";
import { WAYS, joined, serve } from "./lib/place.mjs";

/** The header of that name in each request, as method and value. */
function seen(place, name) {
  const all = [];
  place.http.prependListener("request", ({ method, headers }) => all.push([method, headers[name]]));
  place.http.prependListener("upgrade", ({ headers }) => all.push(["WebSocket", headers[name]]));
  return all;
}

for (const [way, options] of Object.entries(WAYS)) {
  test(`extraHeaders, ${way}`, async (t) => {
    const place = await serve(t);
    const all = seen(place, "x-mine");
    const { socket, peer } = await joined(place, { ...options, extraHeaders: { "X-Mine": "yes" } });
    assert.equal(peer.handshake.headers["x-mine"], "yes");
    assert.ok(all.length > 0);
    for (const [method, value] of all) assert.equal(value, "yes", method);
    assert.equal(all.some(([method]) => method === "WebSocket"), way !== "polling");
    if (way !== "polling") assert.ok(socket.io.engine.transport.ws instanceof WebSocket);
  });
}

test("headers that are changed count at the next attempt (A-21)", async (t) => {
  const place = await serve(t);
  const extraHeaders = { "x-mine": "one" };
  const { socket } = await joined(place, { ...WAYS.websocket, extraHeaders, reconnectionDelay: 1 });
  socket.io.opts.extraHeaders = { "x-mine": "two" };
  const again = new Promise((resolve) => place.server.once("connection", resolve));
  socket.io.engine.close();
  assert.equal((await again).handshake.headers["x-mine"], "two");
});

test("what the constructor of ws takes", async (t) => {
  const place = await serve(t, { perMessageDeflate: true });
  const all = seen(place, "sec-websocket-extensions");
  const origins = seen(place, "origin");
  await joined(place, { ...WAYS.websocket, perMessageDeflate: false, origin: "http://mine.example" });
  assert.deepEqual(all, [["WebSocket", undefined]]);
  assert.deepEqual(origins, [["WebSocket", "http://mine.example"]]);
});

test("subprotocols (O-24)", async (t) => {
  const place = await serve(t);
  const all = seen(place, "sec-websocket-protocol");
  await joined(place, { ...WAYS.websocket, protocols: ["mine"] });
  assert.deepEqual(all, [["WebSocket", "mine"]]);
});
