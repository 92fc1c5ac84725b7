// Buffers that are shared with a worker, or were given away to one (F136).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

const KINDS = {
  "a buffer": (buffer) => buffer,
  "a view": (buffer) => new Uint8Array(buffer),
  "a DataView": (buffer) => new DataView(buffer),
};

/** As a worker gets it, by which it is gone here. */
const detach = (buffer) => structuredClone(buffer, { transfer: [buffer] });

async function echoing(t) {
  const place = await serve(t);
  place.server.on("connection", (peer) => peer.on("echo", (value, answer) => answer(value)));
  return place;
}

for (const way of ["polling", "websocket"]) {
  for (const [kind, make] of Object.entries(KINDS)) {
    test(`detached, ${kind}: an error that costs nothing, ${way}`, async (t) => {
      const { socket } = await joined(await echoing(t), { ...WAYS[way], reconnection: false });
      const buffer = new ArrayBuffer(3);
      const it = make(buffer);
      detach(buffer);
      assert.throws(() => socket.emit("echo", it), TypeError);
      await assert.rejects(socket.emitWithAck("echo", { deep: [it] }), TypeError);
      assert.equal(await socket.timeout(5_000).emitWithAck("echo", "after"), "after");
      assert.deepEqual(socket.acks, {});
    });

    test(`detached while it waited, ${kind}: the error of its answer, ${way}`, async (t) => {
      const socket = join(await echoing(t), { ...WAYS[way], autoConnect: false, reconnection: false });
      const buffer = new ArrayBuffer(3);
      const rejected = assert.rejects(socket.emitWithAck("echo", make(buffer)), TypeError);
      const after = socket.emitWithAck("echo", "after");
      detach(buffer);
      await heard(socket.connect(), "connect");
      await rejected;
      assert.equal(await after, "after");
    });

    test(`shared, ${kind}: its bytes as they are when it leaves, ${way}`, async (t) => {
      const { socket } = await joined(await echoing(t), { ...WAYS[way], reconnection: false });
      const buffer = new SharedArrayBuffer(3);
      const all = new Uint8Array(buffer).fill(7);
      const answer = socket.timeout(5_000).emitWithAck("echo", make(buffer));
      all.fill(8);
      assert.deepEqual(await answer, Buffer.from([7, 7, 7]));
    });
  }
}

test("detached behind a body that is on its way: the connection stays", async (t) => {
  const { socket } = await joined(await echoing(t), { ...WAYS.polling, reconnection: false });
  const buffer = new ArrayBuffer(3);
  const first = socket.timeout(5_000).emitWithAck("echo", "first");
  const answer = socket.timeout(5_000).emitWithAck("echo", buffer);
  detach(buffer);
  assert.equal(await first, "first");
  assert.equal((await answer).length, 0);
  assert.equal(socket.connected, true);
});
