// A parser of the application's own has no memory of a connection that has ended, and hears how an event is to leave (P-114).
import assert from "node:assert/strict";
import { test } from "node:test";
import { Decoder, Encoder } from "socket.io-parser";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

for (const [way, options] of Object.entries(WAYS)) {
  test(`a connection that ends amid a packet, ${way}`, async (t) => {
    const place = await serve(t);
    const parser = { Encoder, Decoder };
    const { socket, peer } = await joined(place, { ...options, parser, reconnectionDelay: 1, reconnectionDelayMax: 5 });
    place.server.on("connection", (it) => it.on("echo", (value, done) => done(value)));
    const read = heard(socket.io.engine, "message");
    peer.conn.write('51-["lost",{"_placeholder":true,"num":0}]');
    await read;
    peer.conn.close();
    const reasons = [];
    socket.on("disconnect", (reason) => reasons.push(reason));
    await heard(socket, "connect");
    assert.equal(await socket.timeout(5_000).emitWithAck("echo", 1), 1);
    assert.deepEqual(reasons, ["transport close"]);
  });
}

test("the encoder hears whether an event is to be compressed", async (t) => {
  const seen = [];
  class Listening extends Encoder {
    encode(packet) {
      if (packet.type === 2) seen.push([packet.data[0], packet.options]);
      return super.encode(packet);
    }
  }
  const socket = join(await serve(t), { ...WAYS.websocket, parser: { Encoder: Listening, Decoder } });
  socket.compress(false).emit("early");
  await heard(socket, "connect");
  socket.compress(false).emit("not");
  socket.emit("usual");
  assert.deepEqual(seen, [["early", { compress: false }], ["not", { compress: false }], ["usual", { compress: true }]]);
});
