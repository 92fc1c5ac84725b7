// What a connection does can be watched: `state`, and the event `state` of the manager; a wait can be cut short.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, until } from "./lib/wait.mjs";

const watched = (manager) => {
  const all = [];
  manager.on("state", (it) => all.push(it));
  return all;
};
const names = (all) => all.map(({ state }) => state);

test("each state is told once, in order, with the attempt and its delay", async (t) => {
  const place = await serve(t);
  const socket = join(place, { ...WAYS.websocket, autoConnect: false, reconnectionDelay: 1 });
  const all = watched(socket.io);
  assert.equal(socket.state, "idle");
  socket.connect();
  assert.equal(socket.state, "connecting");
  assert.equal(socket.io.state, "connecting");
  await heard(socket, "connect");
  assert.equal(socket.state, "connected");
  const seen = [];
  socket.on("disconnect", () => seen.push(socket.state, socket.io.state));
  socket.io.on("close", () => seen.push(socket.io.state));
  socket.io.engine.close();
  await heard(socket, "connect");
  assert.deepEqual(seen, ["reconnecting", "reconnecting", "reconnecting"]);
  socket.disconnect();
  assert.equal(socket.state, "idle");
  assert.deepEqual(names(all), ["connecting", "connected", "reconnecting", "connected", "idle"]);
  const { attempt, delay } = all[2];
  assert.equal(attempt, 1);
  assert.ok(delay >= 0 && delay <= 2, `${delay}`);
});

test("attempts are counted until there are no more", async (t) => {
  const place = await serve(t);
  place.http.removeAllListeners("upgrade").on("upgrade", (_, it) => it.destroy());
  const socket = join(place, { ...WAYS.websocket, autoConnect: false, reconnectionDelay: 1, reconnectionAttempts: 3 });
  const all = watched(socket.io);
  socket.connect();
  await heard(socket.io, "reconnect_failed");
  assert.deepEqual(
    all.map(({ state, attempt }) => [state, attempt]),
    [["connecting", undefined], ...[1, 2, 3].map((it) => ["reconnecting", it]), ["idle", undefined]],
  );
});

test("a namespace of an open connection connects by itself", async (t) => {
  const place = await serve(t);
  place.server.of("/slow").use((_, next) => setTimeout(next, 20));
  const { socket } = await joined(place, WAYS.websocket);
  const other = socket.io.socket("/slow");
  assert.equal(other.state, "connecting");
  await heard(other, "connect");
  assert.equal(other.state, "connected");
  other.disconnect();
  assert.equal(other.state, "idle");
  assert.equal(socket.io.state, "connected");
});

test("reconnectNow does not wait, and without an attempt to come does nothing", async (t) => {
  const place = await serve(t);
  const far = { reconnectionDelay: 3_600_000, reconnectionDelayMax: 3_600_000 };
  const { socket } = await joined(place, { ...WAYS.websocket, ...far });
  assert.equal(socket.io.reconnectNow(), socket.io);
  const waits = heard(socket.io, "state");
  socket.io.engine.close();
  assert.equal((await waits)[0].state, "reconnecting");
  const attempts = [];
  socket.io.on("reconnect_attempt", (it) => attempts.push(it));
  socket.io.reconnectNow();
  await heard(socket, "connect");
  assert.deepEqual(attempts, [1]);
  socket.disconnect();
  socket.io.reconnectNow();
  assert.equal(socket.io.state, "idle");
  await heard(socket.connect(), "connect");
});

test("who disconnects while it waits for an attempt is told that it is idle", async (t) => {
  const { socket } = await joined(await serve(t), { ...WAYS.websocket, reconnectionDelay: 60_000 });
  socket.io.engine.close();
  await until(() => socket.io._reconnecting);
  const all = watched(socket.io);
  socket.disconnect();
  assert.deepEqual(names(all), ["idle"]);
});

test("the last attempt gives up the state of the page, too", async (t) => {
  const { socket } = await joined(await serve(t), { ...WAYS.websocket, reconnectionDelay: 60_000 });
  socket.io.engine.close();
  await until(() => socket.io._reconnecting);
  socket.io.reconnection(false);
  assert.equal(socket.io.state, "idle");
});

test("an attempt that is due at once is told after what led to it, and has an engine of its own", async (t) => {
  const place = await serve(t);
  place.http.removeAllListeners("upgrade").on("upgrade", (_, it) => it.destroy());
  // Without jitter the delay would be the least there is; with all of it about half of the delays are none.
  const delays = { reconnectionDelay: 1, reconnectionDelayMax: 1, randomizationFactor: 1, reconnectionAttempts: 40 };
  const socket = join(place, { ...WAYS.websocket, ...delays, autoConnect: false });
  const told = [];
  const engines = new Set();
  const waits = [];
  socket.io.on("state", ({ state, delay }) => (told.push(state), waits.push(delay)));
  socket.on("connect_error", () => told.push("connect_error") && engines.add(socket.io.engine));
  for (const event of ["error", "reconnect_attempt", "reconnect_error"]) socket.io.on(event, () => told.push(event));
  socket.connect();
  await heard(socket.io, "reconnect_failed");
  const first = ["connecting", "connect_error", "error", "reconnecting"];
  const more = ["reconnect_attempt", "connect_error", "error", "reconnecting", "reconnect_error"];
  assert.deepEqual(told.slice(0, 4 + 39 * 5), [...first, ...Array.from({ length: 39 }, () => more).flat()]);
  assert.equal(engines.size, 41);
  assert.ok(waits.includes(0), "no attempt was due at once");
});
