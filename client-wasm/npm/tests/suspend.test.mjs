// A connection can be let go of by hand, and taken up again with all that waits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, turn, until } from "./lib/wait.mjs";

test("while it is suspended nothing is tried and everything waits", async (t) => {
  const place = await serve(t);
  const { socket } = await joined(place, { ...WAYS.websocket, reconnectionDelay: 1 });
  const gone = heard(socket, "disconnect");
  assert.equal(socket.io.suspend(), socket.io);
  await gone;
  let attempts = 0;
  socket.io.on("reconnect_attempt", () => attempts++);
  const answer = socket.emitWithAck("echo", "kept");
  await until(() => place.server.engine.clientsCount === 0);
  assert.equal(socket.active, true);
  assert.equal(socket.state, "idle");
  assert.equal(socket.sendBuffer.length, 1);
  place.server.on("connection", (peer) => peer.on("echo", (it, done) => done(it)));
  socket.io.resume();
  assert.equal(await answer, "kept");
  assert.equal(attempts, 0);
});

test("suspended while it waits for the next attempt", async (t) => {
  const { socket } = await joined(await serve(t), { ...WAYS.websocket, reconnectionDelay: 60_000 });
  socket.io.engine.close();
  await until(() => socket.io._reconnecting);
  socket.io.suspend();
  assert.equal(socket.io.state, "idle");
  socket.io.resume();
  await heard(socket, "connect");
});

for (const end of ["suspend", "_close"]) {
  test(`${end} from a listener of the end, before anybody hears that it would come back`, async (t) => {
    const { socket } = await joined(await serve(t), { ...WAYS.websocket, reconnectionDelay: 1 });
    const states = [];
    socket.io.on("state", ({ state }) => states.push(state));
    let attempts = 0;
    socket.io.on("reconnect_attempt", () => attempts++);
    socket.once("disconnect", () => socket.io[end]());
    socket.io.engine.close();
    assert.equal(socket.io.state, "idle");
    // Another client is through long after its attempt would have been.
    await joined(await serve(t), { ...WAYS.polling, forceNew: true });
    assert.deepEqual([states, attempts, socket.active], [["idle"], 0, true]);
    if (end === "suspend") socket.io.resume();
    else socket.io.open();
    await heard(socket, "connect");
  });
}

for (const [way, options] of Object.entries(WAYS)) {
  test(`suspended while it connects, ${way}`, async (t) => {
    const place = await serve(t);
    const socket = join(place, { ...options, reconnectionDelay: 1 });
    const all = [];
    socket.on("connect", () => all.push("connect"));
    socket.on("connect_error", () => all.push("connect_error"));
    socket.on("disconnect", () => all.push("disconnect"));
    socket.io.suspend();
    assert.equal(socket.io.state, "idle");
    assert.equal(socket.io.engine.readyState, "closed");
    // A client that came after it is through long before.
    const other = join(place, options);
    await heard(other, "connect");
    assert.deepEqual(all, []);
    assert.equal(place.server.of("/").sockets.size, 1);
    socket.io.resume();
    await heard(socket, "connect");
    assert.deepEqual(all, ["connect"]);
  });

  test(`an engine that is closed while it opens comes back, ${way}`, async (t) => {
    const place = await serve(t);
    const socket = join(place, { ...options, reconnectionDelay: 1 });
    const { engine } = socket.io;
    engine.close();
    assert.equal(engine.readyState, "closed");
    assert.equal(socket.io.state, "reconnecting");
    await heard(socket, "connect");
    assert.notEqual(socket.io.engine, engine);
  });
}

test("open() does nothing while it is suspended", async (t) => {
  const { socket } = await joined(await serve(t), { ...WAYS.websocket, reconnectionDelay: 1 });
  socket.io.suspend();
  socket.io.open();
  assert.equal(socket.io.state, "idle");
  socket.io.resume();
  await heard(socket, "connect");
});

test("after it was suspended it comes back by itself again", async (t) => {
  const place = await serve(t);
  const { socket } = await joined(place, { ...WAYS.websocket, reconnectionDelay: 1 });
  socket.io.suspend().resume();
  await heard(socket, "connect");
  socket.io.engine.close();
  await heard(socket, "connect");
});

test("a namespace that is asked for meanwhile is joined later", async (t) => {
  const place = await serve(t);
  place.server.of("/other");
  const { socket } = await joined(place, WAYS.websocket);
  socket.io.suspend();
  const other = socket.io.socket("/other");
  await until(() => place.server.engine.clientsCount === 0);
  assert.equal(other.active, true);
  socket.io.resume();
  await Promise.all([heard(other, "connect"), heard(socket, "connect")]);
});

test("who disconnects meanwhile stays away", async (t) => {
  const place = await serve(t);
  const { socket } = await joined(place, WAYS.websocket);
  socket.io.suspend();
  socket.disconnect();
  socket.io.resume();
  await turn();
  assert.equal(socket.io.state, "idle");
});
