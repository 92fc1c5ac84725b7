// A computer slept, or its clock was set: timers know nothing of it, and what is due is looked at with the next call.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";
import { heard, turn } from "./lib/wait.mjs";

/** From now on it is so much later. */
function sleep(t, milliseconds) {
  const { now } = Date;
  Date.now = () => now() + milliseconds;
  t.after(() => (Date.now = now));
}

/** With all of the jitter some attempts are due at once. */
const DELAYS = { soon: { reconnectionDelay: 5 }, "at once or soon": { reconnectionDelay: 1, randomizationFactor: 1 } };

const cases = Object.keys(WAYS).flatMap((way) => Object.keys(DELAYS).map((delay) => [way, delay]));
for (const [way, delay] of cases) {
  test(`what is emitted after a sleep leaves with the next connection, told once: ${way}, ${delay}`, async (t) => {
    const place = await serve(t);
    const { socket } = await joined(place, { ...WAYS[way], ...DELAYS[delay] });
    place.server.on("connection", (peer) => peer.on("echo", (value, done) => done(value)));
    const outgoing = [];
    socket.onAnyOutgoing((event) => outgoing.push([event, socket.connected]));
    const lost = heard(socket, "disconnect");
    const back = heard(socket, "connect");
    sleep(t, 60_000);
    const answer = socket.emitWithAck("echo", 1);
    assert.equal(socket.sendBuffer.length, 1);
    assert.deepEqual(outgoing, []);
    assert.equal((await lost)[0], "ping timeout");
    await back;
    assert.equal(await answer, 1);
    assert.deepEqual(outgoing, [["echo", true]]);
  });
}

test("a clock that is set forward within the time of a heartbeat holds up nothing", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  peer.on("echo", (value, done) => done(value));
  sleep(t, 20_000);
  assert.equal(await socket.emitWithAck("echo", 1), 1);
  await turn();
  assert.ok(socket.connected);
});

test("another namespace finds the connection dead, and does not wait for the timer that slept", async (t) => {
  const place = await serve(t);
  place.server.of("/other").on("connection", () => {});
  const { socket } = await joined(place, { ...WAYS.websocket, ...DELAYS.soon });
  sleep(t, 60_000);
  const other = socket.io.socket("/other");
  await Promise.all([heard(socket, "disconnect"), heard(socket, "connect"), heard(other, "connect")]);
});
