// On an open WebSocket with nothing else to do, events pass without the machine: nobody can tell.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, turn, until } from "./lib/wait.mjs";

test("what is written in one turn arrives in its order, whatever it is, and before the goodbye", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  const came = [];
  peer.onAny((event) => came.push(event));
  const left = heard(peer, "disconnect");
  await turn();
  socket.emit("1");
  socket.emit("2", Buffer.from("bytes"));
  socket.emit("3", () => {});
  socket.io.engine.send('2["raw"]');
  socket.emit("5", "text");
  socket.disconnect();
  await left;
  assert.deepEqual(came, ["1", "2", "3", "raw", "5"]);
});

test("a pong goes before what waits in the same turn, and nothing is lost by it", async (t) => {
  const place = await serve(t, { pingInterval: 300 });
  const { socket, peer } = await joined(place, WAYS.websocket);
  const came = [];
  peer.on("number", (it) => came.push(it));
  let sent = 0;
  let pings = 0;
  // The listener runs in the turn in which the machine hears of the ping.
  socket.io.on("ping", () => {
    pings++;
    for (let round = 0; round < 5; round++) socket.emit("number", sent++);
  });
  await until(() => pings === 3);
  await until(() => came.length === sent);
  assert.deepEqual(came, Array.from({ length: sent }, (_, at) => at));
  assert.ok(socket.connected);
});

test("10,000 events of one turn", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  const came = [];
  peer.on("number", (it) => came.push(it));
  for (let number = 0; number < 10_000; number++) socket.emit("number", number);
  await until(() => came.length === 10_000);
  assert.deepEqual(came, Array.from({ length: 10_000 }, (_, at) => at));
});

test("a second volatile event of a turn is dropped, as the transport is not writable (A-64)", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  const came = [];
  peer.onAny((event) => came.push(event));
  socket.volatile.emit("1");
  assert.equal(socket.io.engine.transport.writable, false);
  socket.volatile.emit("2");
  await turn();
  socket.emit("3");
  await until(() => came.includes("3"));
  assert.deepEqual(came, ["1", "3"]);
});

test("namespaces, answers and attachments come in the order they were sent", async (t) => {
  const place = await serve(t);
  const { socket, peer } = await joined(place, WAYS.websocket);
  const other = socket.io.socket("/other");
  const [[second]] = await Promise.all([heard(place.server.of("/other"), "connection"), heard(other, "connect")]);
  const came = [];
  for (const it of [socket, other]) it.onAny((event, value) => came.push(`${it.nsp} ${event} ${value}`));
  const answered = new Promise((resolve) => socket.emit("ask", () => resolve(came.push("answer"))));
  const [answer] = await heard(peer, "ask");
  peer.emit("1");
  second.emit("2", Buffer.from("bytes"));
  peer.emit("3", "text");
  answer();
  second.emit("4");
  await answered;
  await until(() => came.length === 5);
  assert.deepEqual(came, ["/ 1 undefined", "/other 2 bytes", "/ 3 text", "answer", "/other 4 undefined"]);
});

test("an event to a namespace that was just left is not heard", async (t) => {
  const place = await serve(t);
  const { socket, peer } = await joined(place, WAYS.websocket);
  const other = socket.io.socket("/other");
  const [[second]] = await Promise.all([heard(place.server.of("/other"), "connection"), heard(other, "connect")]);
  other.on("late", () => assert.fail("it was heard"));
  second.emit("late");
  peer.emit("last");
  other.disconnect();
  await heard(socket, "last");
});

test("an emit after a sleep notices that the connection is dead, and waits for the next (P-41)", async (t) => {
  const { socket } = await joined(await serve(t), WAYS.websocket);
  const gone = heard(socket, "disconnect");
  const real = Date.now;
  t.after(() => (Date.now = real));
  Date.now = () => real() + 60_000;
  socket.emit("event");
  assert.equal(socket.sendBuffer.length, 1);
  assert.equal((await gone)[0], "ping timeout");
});

test("a peer that reads no more is noticed by what does not leave (F049)", async (t) => {
  const place = await serve(t, { pingTimeout: 1_000, maxHttpBufferSize: 1e9 });
  const { socket, peer } = await joined(place, { ...WAYS.websocket, reconnection: false });
  const tcp = peer.conn.transport.socket._socket;
  tcp.pause();
  const gone = heard(socket, "disconnect");
  socket.emit("event", "x".repeat(1 << 26));
  assert.equal((await gone)[0], "ping timeout");
  tcp.destroy();
});

test("a socket that is joined anew hears what comes then", async (t) => {
  const place = await serve(t);
  place.server.on("connection", (peer) => peer.emit("hello", peer.id));
  const socket = join(place, WAYS.websocket);
  for (let round = 0; round < 3; round++) {
    const [id] = await heard(socket, "hello");
    assert.equal(id, socket.id);
    socket.disconnect().connect();
  }
});
