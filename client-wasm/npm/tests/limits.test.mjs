// What waits for the connection can be limited, by count and by bytes, with a policy; and how much waits can be asked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, turn, until } from "./lib/wait.mjs";

async function limited(t, options) {
  const place = await serve(t);
  const came = [];
  place.server.on("connection", (peer) => peer.onAny((name) => came.push(name)));
  const socket = join(place, { ...WAYS.websocket, autoConnect: false, ...options });
  const arrived = async () => {
    const [peer] = await Promise.all([heard(place.server, "connection"), heard(socket.connect(), "connect")]);
    const end = heard(peer[0], "end");
    socket.emit("end");
    await end;
    return came;
  };
  return { socket, arrived };
}

test("reject: emit throws, and who waits for an answer is not told twice", async (t) => {
  const { socket, arrived } = await limited(t, { sendBufferMax: 2 });
  let told = 0;
  socket.emit("1").emit("2");
  assert.throws(() => socket.timeout(1).emit("3", () => told++), { code: "buffer full" });
  await assert.rejects(socket.emitWithAck("4"), { code: "buffer full" });
  assert.deepEqual(socket.acks, {});
  assert.deepEqual(await arrived(), ["1", "2", "end"]);
  assert.equal(told, 0);
});

test("drop-oldest", async (t) => {
  const { socket, arrived } = await limited(t, { sendBufferMax: 2, overflow: "drop-oldest" });
  const first = socket.emitWithAck("1");
  socket.emit("2").emit("3").emit("4");
  await assert.rejects(first, { code: "buffer full" });
  assert.deepEqual(await arrived(), ["3", "4", "end"]);
});

test("drop-newest", async (t) => {
  const { socket, arrived } = await limited(t, { sendBufferMax: 2, overflow: "drop-newest" });
  socket.emit("1").emit("2");
  await assert.rejects(socket.emitWithAck("3"), { code: "buffer full" });
  assert.deepEqual(await arrived(), ["1", "2", "end"]);
});

test("by bytes, of text and of buffers", async (t) => {
  const { socket, arrived } = await limited(t, { sendBufferBytes: 1000, overflow: "drop-oldest" });
  socket.emit("1", "x".repeat(600));
  assert.ok(socket.bufferedAmount > 600);
  socket.emit("2", Buffer.alloc(600));
  assert.ok(socket.bufferedAmount > 600 && socket.bufferedAmount < 1000);
  // Nothing makes room for it, so nobody has to go.
  await assert.rejects(socket.emitWithAck("3", Buffer.alloc(2000)), { code: "buffer full" });
  assert.deepEqual(await arrived(), ["2", "end"]);
});

test("none at all", async (t) => {
  for (const overflow of ["drop-oldest", "drop-newest"]) {
    const { socket, arrived } = await limited(t, { sendBufferMax: 0, overflow });
    socket.emit("1");
    assert.deepEqual(await arrived(), ["end"]);
  }
});

test("without limits everything waits, and drained when it has left", async (t) => {
  const { socket, arrived } = await limited(t, {});
  for (let at = 0; at < 5000; at++) socket.emit("it");
  let isDrained = false;
  const drained = socket.drained().then(() => (isDrained = true));
  await turn();
  assert.equal(isDrained, false);
  assert.equal((await arrived()).length, 5001);
  await drained;
  assert.equal(socket.bufferedAmount, 0);
});

for (const [way, options] of Object.entries(WAYS)) {
  test(`connected, it is what the transport has yet to take, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t), options);
    let bytes = 0;
    peer.on("it", (value) => (bytes += value.length));
    await socket.drained();
    for (let at = 0; at < 40; at++) {
      socket.emit("it", Buffer.alloc(100_000));
      if (at) assert.ok(socket.bufferedAmount >= 100_000, `${at}: ${socket.bufferedAmount}`);
      if (at % 10 === 9) await socket.drained();
    }
    socket.emit("end", await socket.drained());
    await heard(peer, "end");
    assert.equal(bytes, 4_000_000);
    await socket.drained();
    assert.equal(socket.bufferedAmount, 0);
  });
}

test("drained ends with its signal", async (t) => {
  const { socket } = await limited(t, {});
  socket.emit("waits");
  await assert.rejects(socket.drained({ signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("each event is looked at once, however much waits", async (t) => {
  const { socket } = await limited(t, { sendBufferBytes: 1e6 });
  let looks = 0;
  const it = { toJSON: () => `${looks++}` };
  for (let at = 0; at < 100; at++) socket.emit("it", it);
  const amount = socket.bufferedAmount;
  assert.ok(amount > 1000);
  assert.equal(socket.bufferedAmount, amount);
  // To look for buffers, and to be written.
  assert.ok(looks <= 200, `${looks} looks`);
  socket.sendBuffer = [];
  assert.equal(socket.bufferedAmount, 0);
});

test("what cannot be written takes no room", async (t) => {
  const { socket } = await limited(t, {});
  const circular = {};
  circular.circular = circular;
  socket.emit("it", circular);
  assert.equal(socket.bufferedAmount, 0);
  socket.sendBuffer = [];
});

const RETRIES = { retries: 1, ackTimeout: 5_000 };

test("with retries the limits are of the queue: reject", async (t) => {
  const { socket } = await limited(t, { ...RETRIES, sendBufferMax: 2 });
  socket.emit("1").emit("2");
  assert.throws(() => socket.emit("3"), { code: "buffer full" });
  await assert.rejects(socket.emitWithAck("4"), { code: "buffer full" });
  assert.equal(socket._queue.length, 2);
});

test("with retries the limits are of the queue: drop-oldest, drop-newest, bytes", async (t) => {
  const names = ({ _queue }) => _queue.map(({ args }) => args[0]);
  const oldest = (await limited(t, { ...RETRIES, sendBufferMax: 2, overflow: "drop-oldest" })).socket;
  const first = oldest.emitWithAck("1");
  oldest.emit("2").emit("3");
  await assert.rejects(first, { code: "buffer full" });
  assert.deepEqual(names(oldest), ["2", "3"]);
  const newest = (await limited(t, { ...RETRIES, sendBufferMax: 2, overflow: "drop-newest" })).socket;
  newest.emit("1").emit("2");
  await assert.rejects(newest.emitWithAck("3"), { code: "buffer full" });
  assert.deepEqual(names(newest), ["1", "2"]);
  const bytes = (await limited(t, { ...RETRIES, sendBufferBytes: 1000 })).socket;
  bytes.emit("1", "x".repeat(600));
  assert.ok(bytes.bufferedAmount > 600);
  assert.throws(() => bytes.emit("2", "x".repeat(600)), { code: "buffer full" });
});

test("with retries, connected: what was sent does not wait any more, what is behind it does", async (t) => {
  const { socket, peer } = await joined(await serve(t), { ...WAYS.websocket, ...RETRIES, sendBufferMax: 1 });
  const answers = [];
  peer.onAny((name, answer) => answers.push(answer));
  const first = socket.emitWithAck("1");
  const second = socket.emitWithAck("2");
  assert.throws(() => socket.emit("3"), { code: "buffer full" });
  let isDrained = false;
  const drained = socket.drained().then(() => (isDrained = true));
  await until(() => answers.length === 1);
  assert.equal(isDrained, false);
  answers[0]("one");
  assert.equal(await first, "one");
  await until(() => answers.length === 2);
  await drained;
  answers[1]("two");
  assert.equal(await second, "two");
});
