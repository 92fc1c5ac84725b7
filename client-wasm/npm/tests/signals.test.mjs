// An AbortSignal ends a subscription or the wait for an answer, and leaves nothing behind.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, until } from "./lib/wait.mjs";

const socketAtRest = async (t) => join(await serve(t), { autoConnect: false });
const left = (signal) => getEventListeners(signal, "abort").length;

test("on and once end with their signal", async (t) => {
  const socket = await socketAtRest(t);
  const control = new AbortController();
  let told = 0;
  const listener = () => told++;
  socket.on("it", listener, { signal: control.signal });
  socket.once("it", listener, { signal: control.signal });
  socket.on("it", listener);
  control.abort();
  assert.deepEqual(socket.listeners("it"), [listener]);
  socket.emitReserved("it");
  assert.equal(told, 1);
  socket.on("it", listener, { signal: control.signal });
  assert.equal(socket.listeners("it").length, 1);
});

test("a signal ends its own subscription and no later one", async (t) => {
  const socket = await socketAtRest(t);
  const control = new AbortController();
  const listener = () => {};
  socket.on("it", listener, { signal: control.signal });
  socket.off("it", listener);
  socket.on("it", listener);
  control.abort();
  assert.deepEqual(socket.listeners("it"), [listener]);
});

test("a signal that lives long keeps nothing of what is over", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  peer.on("echo", (value, done) => done(value));
  const { signal } = new AbortController();
  for (let at = 0; at < 20; at++) {
    const listener = () => {};
    socket.on("it", listener, { signal }).off("it", listener);
    socket.once("it", listener, { signal }).emitReserved("it");
    assert.equal(await socket.emitWithAck("echo", at, { signal }), at);
    await socket.events("it", { signal }).return();
    await socket.drained({ signal });
  }
  assert.equal(left(signal), 0);
});

test("a wait for an answer ends with its signal", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  let answer;
  peer.on("ask", (...args) => (answer = args.pop()));
  const control = new AbortController();
  const asked = socket.emitWithAck("ask", "value", { signal: control.signal });
  await until(() => answer);
  control.abort(new Error("enough"));
  await assert.rejects(asked, /enough/);
  assert.deepEqual(socket.acks, {});
  answer("late");
  await assert.rejects(socket.emitWithAck("ask", { signal: control.signal }), /enough/);
  assert.equal(left(control.signal), 0);
});

test("what was not sent yet is not sent any more", async (t) => {
  const place = await serve(t);
  const came = [];
  place.server.on("connection", (peer) => peer.onAny((...args) => came.push(args[0])));
  const socket = join(place, { ...WAYS.websocket, autoConnect: false });
  const control = new AbortController();
  const asked = socket.timeout(60_000).emitWithAck("given up", { signal: control.signal });
  socket.emit("kept");
  control.abort();
  await assert.rejects(asked, { name: "AbortError" });
  socket.connect();
  await until(() => came.length);
  assert.deepEqual(came, ["kept"]);
});

test("with retries, the event that is meant is given up and no other", async (t) => {
  const place = await serve(t);
  const came = [];
  place.server.on("connection", (peer) => peer.onAny((name, done) => (came.push(name), done(name))));
  const socket = join(place, { ...WAYS.websocket, autoConnect: false, retries: 2, ackTimeout: 5000 });
  const control = new AbortController();
  const first = socket.emitWithAck("first");
  const second = socket.emitWithAck("second", { signal: control.signal });
  const third = socket.emitWithAck("third");
  control.abort();
  await assert.rejects(second, { name: "AbortError" });
  socket.connect();
  assert.deepEqual(await Promise.all([first, third]), ["first", "third"]);
  assert.deepEqual(came, ["first", "third"]);
});

test("a signal among the data of an event that expects no answer is data", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  const came = heard(peer, "it");
  socket.emit("it", { signal: "green" });
  assert.deepEqual(await came, [{ signal: "green" }]);
});

test("off leaves nothing on the signal, whatever it removes", async (t) => {
  const socket = await socketAtRest(t);
  const { signal } = new AbortController();
  for (const args of [["it"], [], ["it", assert]]) {
    socket.on("it", assert, { signal });
    socket.once("other", assert, { signal });
    socket.off(...args);
    socket.off("other");
    assert.equal(left(signal), 0);
    assert.deepEqual(socket.listeners("it"), []);
  }
});
