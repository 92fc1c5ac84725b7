// What cannot leave is known late if it waited, for the connection or for a Blob: who waits for its answer is told then,
// and what waits behind it goes on (F030).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, turn, until, within } from "./lib/wait.mjs";

const LARGE = "x".repeat(2_000_000);

async function answering(t) {
  const place = await serve(t);
  place.server.on("connection", (peer) => peer.on("echo", (value, answer) => answer(value)));
  return place;
}

/** What the page would hear of; that nothing is left to hear shows once a turn is over. */
function reported(t) {
  const others = process.listeners("uncaughtException");
  const all = [];
  const hear = (error) => all.push(error.code ?? error.message);
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", hear);
  t.after(() => {
    process.off("uncaughtException", hear);
    others.forEach((it) => process.on("uncaughtException", it));
  });
  return all;
}

for (const [way, options] of Object.entries(WAYS)) {
  test(`what waited and is too large: its answer is the error, ${way}`, async (t) => {
    const all = reported(t);
    const socket = join(await answering(t), { ...options, autoConnect: false });
    const rejected = assert.rejects(socket.emitWithAck("echo", LARGE), { code: "too large" });
    const called = within("answer", (resolve) => socket.timeout(60_000).emit("echo", LARGE, resolve));
    const after = socket.emitWithAck("echo", "after");
    socket.connect();
    await rejected;
    assert.equal((await called).code, "too large");
    assert.equal(await after, "after");
    assert.deepEqual(socket.acks, {});
    assert.deepEqual(all, []);
  });
}

test("an answer that throws is reported, and the rest goes on", async (t) => {
  const all = reported(t);
  const socket = join(await answering(t), { ...WAYS.websocket, autoConnect: false });
  socket.timeout(60_000).emit("echo", LARGE, () => {
    throw new Error("of the answer");
  });
  const after = socket.emitWithAck("echo", "after");
  await heard(socket.connect(), "connect");
  assert.equal(await after, "after");
  assert.deepEqual(all, ["of the answer"]);
});

test("what can no longer be written is the error of its answer", async (t) => {
  const all = reported(t);
  const socket = join(await answering(t), { ...WAYS.websocket, autoConnect: false });
  const circular = {};
  const rejected = assert.rejects(socket.emitWithAck("echo", circular), RangeError);
  circular.circular = circular;
  await heard(socket.connect(), "connect");
  await rejected;
  assert.deepEqual(all, []);
});

test("a Blob that is too large, or cannot be read: its answer is the error", async (t) => {
  const all = reported(t);
  const { socket } = await joined(await answering(t), WAYS.websocket);
  const broken = new Blob(["x"]);
  broken.arrayBuffer = () => Promise.reject(new Error("is gone"));
  const rejected = [
    assert.rejects(socket.emitWithAck("echo", new Blob([LARGE])), { code: "too large" }),
    assert.rejects(socket.emitWithAck("echo", broken), /is gone/),
  ];
  const after = socket.emitWithAck("echo", "after");
  await Promise.all(rejected);
  assert.equal(await after, "after");
  assert.deepEqual(socket.acks, {});
  assert.deepEqual(all, []);
});

test("emit throws at once what it knows at once, and leaves no answer behind", async (t) => {
  const { socket } = await joined(await answering(t), WAYS.websocket);
  const circular = {};
  circular.circular = circular;
  let told = 0;
  assert.throws(() => socket.timeout(1).emit("echo", circular, () => told++), RangeError);
  assert.throws(() => socket.timeout(1).emit("echo", LARGE, () => told++), { code: "too large" });
  assert.deepEqual(socket.acks, {});
  assert.equal(await socket.emitWithAck("echo", 1), 1);
  assert.equal(told, 0);
});

test("an answer that is too large is the error of who answers, who may give another", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  const thrown = [];
  socket.on("ask", (answer) => {
    try {
      answer(LARGE);
    } catch (error) {
      thrown.push(error.code);
      answer("small");
      answer("again");
    }
  });
  assert.equal(await peer.timeout(5_000).emitWithAck("ask"), "small");
  assert.deepEqual(thrown, ["too large"]);
});

test("with retries, what is too large throws and holds up nothing", async (t) => {
  const { socket } = await joined(await answering(t), { ...WAYS.websocket, retries: 1, ackTimeout: 5_000 });
  assert.throws(() => socket.emit("echo", LARGE), { code: "too large" });
  await assert.rejects(socket.emitWithAck("echo", LARGE), { code: "too large" });
  assert.equal(await socket.emitWithAck("echo", "after"), "after");
  assert.equal(socket._queue.length, 0);
});

test("with retries, what waited and is too large ends with the error, and connect is told", async (t) => {
  const all = reported(t);
  const options = { ...WAYS.websocket, retries: 1, ackTimeout: 5_000, autoConnect: false };
  const socket = join(await answering(t), options);
  const rejected = assert.rejects(socket.emitWithAck("echo", LARGE), { code: "too large" });
  socket.emit("echo", LARGE);
  const after = socket.emitWithAck("echo", "after");
  await heard(socket.connect(), "connect");
  await rejected;
  assert.equal(await after, "after");
  await until(() => !socket._queue.length);
  await turn();
  assert.deepEqual(all, ["too large"]);
});
