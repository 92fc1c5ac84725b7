// P-56: python-engineio answers OK to a body of more than 16 packets, and loses them all.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { io } from "../dist/node.js";
import { until } from "./lib/wait.mjs";

/** How many packets come in each body when 40 events are emitted before the connection stands. */
async function sizes(t, heartbeat) {
  const handshake = `0{"sid":"a","upgrades":[],${heartbeat},"maxPayload":1000000}`;
  const bodies = [];
  let polls = 0;
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      bodies.push((await text(request)).split("\x1e").filter((it) => it.startsWith("42")).length);
      response.end("OK");
    } else if (++polls < 3) response.end(polls === 1 ? handshake : '40{"sid":"b"}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = io(`http://127.0.0.1:${server.address().port}`, { transports: ["polling"], reconnection: false, forceNew: true });
  t.after(() => {
    socket.disconnect();
    server.closeAllConnections();
    server.close();
  });
  for (let number = 0; number < 40; number++) socket.emit("a", number);
  await until(() => bodies.reduce((sum, it) => sum + it, 0) === 40, "all events");
  return bodies.filter((it) => it > 0);
}

test("python-engineio is given sixteen at a time", async (t) => {
  assert.deepEqual(await sizes(t, '"pingTimeout":20000,"pingInterval":25000'), [16, 16, 8]);
});

test("who names the interval first takes all", async (t) => {
  assert.deepEqual(await sizes(t, '"pingInterval":25000,"pingTimeout":20000'), [40]);
});
