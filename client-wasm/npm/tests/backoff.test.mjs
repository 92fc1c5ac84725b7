// What applications read of a manager's delays, as the reference keeps it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

test("the settings, as they are changed", async (t) => {
  const { io: manager } = join(await serve(t), { autoConnect: false, reconnectionDelay: 20, randomizationFactor: 0 });
  assert.deepEqual(manager.backoff, { ms: 20, max: 5000, factor: 2, jitter: 0, attempts: 0 });
  manager.reconnectionDelay(30).reconnectionDelayMax(40).randomizationFactor(1);
  assert.deepEqual(manager.backoff, { ms: 30, max: 40, factor: 2, jitter: 1, attempts: 0 });
});

test("the attempts are counted until one succeeds", async (t) => {
  const place = await serve(t);
  const { socket } = await joined(place, { ...WAYS.websocket, reconnectionDelay: 1, reconnectionDelayMax: 2 });
  const manager = socket.io;
  assert.equal(manager.backoff.attempts, 0);
  let refused = 2;
  place.server.engine.opts.allowRequest = (_, decide) => decide(null, refused-- <= 0);
  const counted = [];
  const count = () => counted.push(manager.backoff.attempts);
  for (const event of ["reconnect_attempt", "reconnect_error"]) manager.on(event, count);
  const back = heard(manager, "reconnect");
  manager.engine.close();
  await back;
  // The next attempt is scheduled before the error is told.
  assert.deepEqual(counted, [1, 2, 2, 3, 3]);
  assert.equal(manager.backoff.attempts, 0);
});
