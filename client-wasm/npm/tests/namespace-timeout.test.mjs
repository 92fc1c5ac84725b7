// Namespaces that the server does not answer: after 45 s they are given up, and with the last one the connection.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

test("who connects again as it hears of it has a new connection (A-27, A-53)", async (t) => {
  // A ping soon wakes the machine up; that the last was long ago is no reason to end the connection.
  const place = await serve(t, { connectTimeout: 1e6, pingInterval: 100, pingTimeout: 1e6 });
  let isSilent = true;
  for (const name of ["/", "/other"]) place.server.of(name).use((_, next) => isSilent || next());
  const socket = join(place, WAYS.websocket);
  const other = socket.io.socket("/other").connect();
  const told = [];
  socket.io.on("close", (reason) => told.push(reason));
  for (const it of [socket, other]) {
    it.on("connect_error", ({ message }) => {
      told.push(`${it.nsp} ${message}`);
      isSilent = false;
      it.connect();
    });
  }
  await heard(socket.io, "open");
  const now = Date.now;
  t.mock.method(Date, "now", () => now() + 46_000);
  await Promise.all([heard(socket, "connect"), heard(other, "connect")]);
  assert.deepEqual(told, ["forced close", "/ timeout", "/other timeout"]);
});
