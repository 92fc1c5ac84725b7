// An event has at most 10 attachments, both ways (P-85): one more would end the connection on the other side.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";
import { heard, within } from "./lib/wait.mjs";

const buffers = (count) => Array.from({ length: count }, (_, at) => Buffer.from([at]));

test("ten leave, eleven throw and harm nothing", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  peer.on("echo", (value, answer) => answer(value));
  assert.deepEqual(await socket.timeout(5000).emitWithAck("echo", buffers(10)), buffers(10));
  let told = 0;
  assert.throws(
    () => socket.timeout(1).emit("echo", buffers(11), () => told++),
    (error) => error.code === "too many attachments" && error.args[1].length === 11,
  );
  assert.deepEqual(await socket.timeout(5000).emitWithAck("echo", buffers(1)), buffers(1));
  assert.equal(told, 0, "who was told by the error is not told again");
  assert.deepEqual(socket.acks, {});
});

test("eleven that wait for the connection are reported when they cannot leave", async (t) => {
  const place = await serve(t);
  const { socket, peer } = await joined(place, WAYS.websocket);
  peer.disconnect();
  await heard(socket, "disconnect");
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  t.after(() => others.forEach((it) => process.on("uncaughtException", it)));
  const reported = heard(process, "uncaughtException");
  const came = within("event", (resolve) => place.server.on("connection", (it) => it.on("after", resolve)));
  socket.emit("many", buffers(11));
  socket.emit("after", "came");
  socket.connect();
  assert.equal(await came, "came");
  assert.equal((await reported)[0].code, "too many attachments");
});

test("eleven from the server are a parse error", async (t) => {
  const { socket, peer } = await joined(await serve(t), { ...WAYS.websocket, reconnection: false });
  const gone = heard(socket, "disconnect");
  peer.emit("many", buffers(11));
  const [reason, error] = await gone;
  assert.equal(reason, "parse error");
  assert.equal(error.message, "too many attachments");
});
