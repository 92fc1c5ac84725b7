// `drain` takes nothing new, lets what waits leave and be answered, then closes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, until } from "./lib/wait.mjs";

for (const [way, options] of Object.entries(WAYS)) {
  test(`everything has arrived before it closes, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t), options);
    const came = [];
    peer.on("it", (at, ...rest) => (came.push(at), rest[0]?.()));
    const gone = heard(peer, "disconnect");
    let answered = 0;
    for (let at = 0; at < 300; at++) socket.emit("it", at, ...(at % 3 ? [] : [() => answered++]));
    assert.equal(await socket.io.drain(), true);
    assert.equal(answered, 100);
    assert.equal((await gone)[0], "client namespace disconnect");
    assert.deepEqual(came, Array.from({ length: 300 }, (_, at) => at));
    assert.equal(socket.active, false);
  });
}

test("nothing new is taken meanwhile, and everything afterwards", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  let release;
  peer.on("slow", (done) => (release = done));
  socket.emit("slow", () => {});
  const drained = socket.io.drain();
  assert.throws(() => socket.emit("more"), { code: "draining" });
  await assert.rejects(socket.emitWithAck("more"), { code: "draining" });
  await until(() => release);
  release();
  assert.equal(await drained, true);
  socket.emit("later");
  assert.equal(socket.sendBuffer.length, 1);
});

test("with nothing to wait for it closes at once", async (t) => {
  const { socket } = await joined(await serve(t), WAYS.websocket);
  const gone = heard(socket, "disconnect");
  assert.equal(await socket.io.drain(), true);
  assert.equal((await gone)[0], "io client disconnect");
});

test("it gives up after its timeout, says so, and closes", async (t) => {
  const { socket } = await joined(await serve(t), WAYS.websocket);
  const gone = heard(socket, "disconnect");
  socket.emit("never answered", () => {});
  assert.equal(await socket.io.drain({ timeout: 20 }), false);
  await gone;
});

test("a signal ends it", async (t) => {
  const { socket } = await joined(await serve(t), WAYS.websocket);
  socket.emit("never answered", () => {});
  const gone = heard(socket, "disconnect");
  const control = new AbortController();
  const drained = socket.io.drain({ signal: control.signal });
  control.abort(new Error("enough"));
  await assert.rejects(drained, /enough/);
  await gone;
  const other = join(await serve(t), WAYS.websocket);
  await assert.rejects(other.io.drain({ signal: control.signal }), /enough/);
});

test("an answer that is not waited for any more does not hold it up", async (t) => {
  const { socket } = await joined(await serve(t), WAYS.websocket);
  socket.timeout(20).emit("never answered", () => {});
  assert.equal(await socket.io.drain(), true);
});

test("what is retried is retried until it is answered", async (t) => {
  const { socket, peer } = await joined(await serve(t), { ...WAYS.websocket, retries: 3, ackTimeout: 20 });
  const came = [];
  peer.on("it", (value, done) => came.push(value) % 2 || done());
  for (const value of ["a", "b", "c"]) socket.emit("it", value);
  assert.equal(await socket.io.drain(), true);
  assert.deepEqual(came, ["a", "a", "b", "b", "c", "c"]);
});

// With an acknowledgement: the official server drops an event that a DISCONNECT follows in the same turn.
test("what waits for a connection is waited for", async (t) => {
  const place = await serve(t);
  place.server.on("connection", (peer) => peer.on("early", (value, done) => done(value)));
  const socket = join(place, WAYS.websocket);
  const answer = socket.emitWithAck("early", "value");
  assert.equal(await socket.io.drain(), true);
  assert.equal(await answer, "value");
});
