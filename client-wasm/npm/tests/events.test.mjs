// `for await (const [it] of socket.events("it"))`: what comes waits to be read, and the loop leaves nothing behind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join, serve } from "./lib/place.mjs";

const socketAtRest = async (t) => join(await serve(t), { autoConnect: false });
const tell = (socket, ...values) => values.forEach((it) => socket.emitReserved("it", it));

test("in order, also what came before it was asked for, until break", async (t) => {
  const socket = await socketAtRest(t);
  const events = socket.events("it");
  tell(socket, 1, 2);
  const read = [];
  for await (const [it] of events) {
    read.push(it);
    if (it === 2) tell(socket, 3);
    if (it === 3) break;
  }
  assert.deepEqual(read, [1, 2, 3]);
  assert.equal(socket.hasListeners("it"), false);
  assert.deepEqual(await events.next(), { value: undefined, done: true });
});

test("who throws in the loop has left it", async (t) => {
  const socket = await socketAtRest(t);
  const events = socket.events("it");
  tell(socket, 1);
  await assert.rejects(async () => {
    for await (const _ of events) throw new Error("of the loop");
  }, /of the loop/);
  assert.equal(socket.hasListeners("it"), false);
});

test("a signal ends it after what waits has been read", async (t) => {
  const socket = await socketAtRest(t);
  const control = new AbortController();
  const events = socket.events("it", { signal: control.signal });
  tell(socket, 1, 2);
  control.abort();
  tell(socket, 3);
  const read = [];
  for await (const [it] of events) read.push(it);
  assert.deepEqual(read, [1, 2]);
  const none = socket.events("it", { signal: control.signal });
  assert.equal((await none.next()).done, true);
  assert.equal(socket.hasListeners("it"), false);
});

test("a signal ends a wait", async (t) => {
  const socket = await socketAtRest(t);
  const control = new AbortController();
  const events = socket.events("it", { signal: control.signal });
  const waits = [events.next(), events.next()];
  control.abort();
  assert.deepEqual(await Promise.all(waits), Array(2).fill({ value: undefined, done: true }));
});

test("the oldest go first when more waits than the limit", async (t) => {
  const socket = await socketAtRest(t);
  const events = socket.events("it", { limit: 2 });
  tell(socket, 1, 2, 3, 4);
  assert.deepEqual((await events.next()).value, [3]);
  assert.deepEqual((await events.next()).value, [4]);
});

test("several who wait are served in order", async (t) => {
  const socket = await socketAtRest(t);
  const events = socket.events("it");
  const waits = [events.next(), events.next(), events.next()];
  tell(socket, 1, 2, 3);
  assert.deepEqual((await Promise.all(waits)).map(({ value }) => value[0]), [1, 2, 3]);
});

test("two loops read the same", async (t) => {
  const socket = await socketAtRest(t);
  const [one, other] = [socket.events("it"), socket.events("it")];
  tell(socket, 1);
  assert.deepEqual(await one.next(), await other.next());
});

for (const args of [["it"], []]) {
  test(`off(${args}) ends the loop after what waits has been read`, async (t) => {
    const socket = await socketAtRest(t);
    const events = socket.events("it");
    tell(socket, 1);
    const waits = [events.next(), events.next(), events.next()];
    socket.off(...args);
    const [first, ...rest] = await Promise.all(waits);
    assert.deepEqual(first.value, [1]);
    assert.deepEqual(rest, Array(2).fill({ value: undefined, done: true }));
    assert.equal(socket.hasListeners("it"), false);
  });
}
