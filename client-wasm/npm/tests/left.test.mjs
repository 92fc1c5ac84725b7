// Who leaves in the midst of a burst hears no more of it: not in `disconnect()`, and not later.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";
import { heard, turn } from "./lib/wait.mjs";

const BURST = ["one", "two", "three"];

/** All that `socket` is told of, in order. */
function told(socket) {
  const all = [];
  socket.onAny((name) => all.push(name));
  for (const name of ["connect", "disconnect"]) socket.on(name, (reason) => all.push(reason ?? name));
  return all;
}

/** In one chunk, or one body: the packets of one turn leave together. */
const burst = (peer) => BURST.forEach((name) => peer.emit(name));

for (const [way, options] of Object.entries(WAYS)) {
  test(`events behind the one whose listener leaves, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t), { ...options, reconnection: false });
    const all = told(socket);
    socket.on("one", () => {
      all.push("[");
      socket.disconnect();
      all.push("]");
    });
    burst(peer);
    await heard(socket, "disconnect");
    await turn();
    assert.deepEqual(all, ["one", "[", "io client disconnect", "]"]);
  });
}

test("an answer and the server's own end, behind it", async (t) => {
  const { socket, peer } = await joined(await serve(t), { ...WAYS.polling, reconnection: false });
  const all = told(socket);
  peer.on("ask", (answer) => {
    peer.emit("one");
    answer();
    peer.disconnect();
  });
  socket.on("one", () => socket.disconnect());
  socket.emit("ask", () => all.push("answer"));
  await heard(socket, "disconnect");
  await turn();
  assert.deepEqual(all, ["one", "io client disconnect"]);
  assert.equal(socket.connected, false);
});

test("who comes back at once hears what comes then", async (t) => {
  const place = await serve(t);
  const { socket, peer } = await joined(place, WAYS.websocket);
  place.server.on("connection", burst);
  const all = told(socket);
  socket.once("one", () => socket.disconnect().connect());
  burst(peer);
  await heard(socket, "three");
  assert.deepEqual(all, ["one", "io client disconnect", "connect", ...BURST]);
});

test("other namespaces hear all of it", async (t) => {
  const place = await serve(t);
  const { socket, peer } = await joined(place, WAYS.polling);
  place.server.of("/other").on("connection", (other) => {
    peer.emit("one");
    burst(other);
    peer.emit("two");
  });
  const other = socket.io.socket("/other");
  const all = told(socket);
  const others = told(other);
  socket.on("one", () => socket.disconnect());
  const end = heard(other, "three");
  other.connect();
  await end;
  assert.deepEqual(all, ["one", "io client disconnect"]);
  assert.deepEqual(others, ["connect", ...BURST]);
});

test("who leaves before its connection is told hears of neither", async (t) => {
  const place = await serve(t);
  const { socket, peer } = await joined(place, WAYS.polling);
  place.server.of("/other");
  const other = socket.io.socket("/other");
  const all = told(other);
  place.server.of("/other").use((_, next) => {
    // This leaves alone, and what is behind it in one body, with the answer to CONNECT.
    peer.emit("zero");
    peer.emit("one");
    next();
  });
  const one = heard(socket, "one");
  socket.on("one", () => other.disconnect());
  await one;
  await turn();
  assert.deepEqual(all, []);
  assert.equal(other.connected, false);
});

test("who is not joined yet hears of the end of the connection all the same (Q-18)", async (t) => {
  const place = await serve(t);
  const { socket, peer } = await joined(place, { ...WAYS.websocket, reconnection: false });
  place.server.of("/other").use(() => peer.conn.close());
  const other = socket.io.socket("/other");
  const all = told(other);
  await heard(socket, "disconnect");
  await turn();
  assert.deepEqual(all, ["transport close"]);
});
