// What the server sends as bytes is a Buffer in Node and an ArrayBuffer elsewhere, at any depth (P-84).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WebSocket } from "ws";
import { io as nodeIo } from "../dist/node.js";
import { io as pageIo } from "../dist/index.js";
import { WAYS, joined, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

const PLATFORMS = { node: [nodeIo, Buffer], page: [pageIo, ArrayBuffer] };
// Node 20 has no WebSocket of its own, which a page has.
globalThis.WebSocket ??= WebSocket;

for (const [platform, [client, Bytes]] of Object.entries(PLATFORMS)) {
  for (const [way, options] of Object.entries({ ...WAYS, base64: { ...WAYS.websocket, forceBase64: true } })) {
    test(`events and answers with bytes, ${platform}, ${way}`, async (t) => {
      const place = await serve(t);
      const { socket, peer } = await joined(place, options, { client });
      const event = heard(socket, "event");
      peer.emit("event", Buffer.from("one"), { deep: [Buffer.from("two"), "text"] }, Buffer.alloc(0));
      const [one, { deep }, none] = await event;
      for (const it of [one, deep[0], none]) assert.ok(it instanceof Bytes, `${it} is no ${Bytes.name}`);
      assert.deepEqual([one, deep[0], none].map((it) => Buffer.from(it).toString()), ["one", "two", ""]);
      assert.equal(deep[1], "text");

      peer.on("ask", (answer) => answer({ bytes: Buffer.from("answer") }));
      const { bytes } = await socket.timeout(5000).emitWithAck("ask");
      assert.ok(bytes instanceof Bytes);
      assert.equal(Buffer.from(bytes).toString(), "answer");
    });
  }

  test(`a placeholder without an attachment is data, ${platform}`, async (t) => {
    const place = await serve(t);
    const { socket, peer } = await joined(place, WAYS.websocket, { client });
    const event = heard(socket, "event");
    peer.conn.write('2["event",{"_placeholder":true,"num":0}]');
    assert.deepEqual(await event, [{ _placeholder: true, num: 0 }]);
  });
}
