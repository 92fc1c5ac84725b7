// What engine and Manager show of what passes, and how they are set.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, turn } from "./lib/wait.mjs";

test("packets of a Manager: what the server said, of a CONNECT, an event and a refusal", async (t) => {
  const place = await serve(t, { connectionStateRecovery: {} });
  place.server.of("/no").use((_, next) => next(Object.assign(new Error("no"), { data: { why: 1 } })));
  const socket = join(place, WAYS.websocket);
  const packets = [];
  socket.io.on("packet", (packet) => packets.push(packet));
  await heard(socket, "connect");
  await turn();
  const [{ data, ...rest }] = packets.splice(0);
  assert.deepEqual(rest, { type: 0, nsp: "/" });
  assert.deepEqual(Object.keys(data), ["sid", "pid"]);
  const refused = socket.io.socket("/no");
  await heard(refused, "connect_error");
  await turn();
  assert.deepEqual(packets, [{ type: 4, nsp: "/no", data: { message: "no", data: { why: 1 } } }]);
});

for (const way of ["polling", "websocket"]) {
  test(`bytes are bytes to who listens to the engine, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t), WAYS[way]);
    const { engine } = socket.io;
    const made = [];
    const came = [];
    engine.on("packetCreate", ({ type, data }) => made.push([type, data]));
    for (const name of ["packet", "data", "message"]) {
      engine.on(name, (it) => came.push(name === "packet" ? [it.type, it.data] : [name, it]));
    }
    peer.on("it", (value, answer) => answer(value));
    const bytes = Buffer.from([1, 2]);
    assert.deepEqual(await socket.timeout(5_000).emitWithAck("it", bytes), bytes);
    assert.deepEqual(made.at(-1), ["message", bytes]);
    assert.deepEqual(came.slice(-3), ["message", "data", "message"].map((name) => [name, bytes]));
  });
}

test("a setter without a value is a getter", (t) => {
  const { io: manager } = join({ url: "http://127.0.0.1:9", clients: [] }, { autoConnect: false });
  for (const [name, value] of Object.entries({
    reconnectionAttempts: Infinity,
    reconnectionDelay: 1000,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.5,
  })) {
    assert.equal(manager[name](undefined), value);
    assert.equal(manager[name](), value);
  }
  assert.equal(manager.reconnection(undefined), manager);
  assert.equal(manager.reconnection(), false);
});

test("an event is known by its text, whichever type its name has (B-14)", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  const told = [];
  socket.on("7", (it) => told.push(["7", it]));
  socket.once(8, (it) => told.push([8, it]));
  const end = heard(socket, "end");
  peer.emit(7, "a");
  peer.emit("8", "b");
  peer.emit("end");
  await end;
  assert.deepEqual(told, [["7", "a"], [8, "b"]]);
  assert.equal(socket.hasListeners(7), true);
  assert.equal(socket.off(7).hasListeners("7"), false);
});
