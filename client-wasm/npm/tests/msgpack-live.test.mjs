// The msgpack parser against the official server with the official one, on every way (1.10, P-114).
import assert from "node:assert/strict";
import { test } from "node:test";
import official from "socket.io-msgpack-parser";
import parser from "../dist/msgpack.js";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

const VALUES = [
  { nested: [new Date(5), undefined, null, 1.5, -7, 2 ** 40, "text, \u001e and 😀"] },
  [],
  true,
  "x".repeat(100_000),
];

for (const [way, options] of Object.entries(WAYS)) {
  test(`events and answers both ways, ${way}`, async (t) => {
    const place = await serve(t, { parser: official });
    const { socket, peer } = await joined(place, { ...options, parser });
    peer.on("echo", (...args) => args.pop()(...args));
    socket.on("echo", (...args) => args.pop()(...args));
    for (const value of VALUES) {
      assert.deepEqual(await socket.timeout(5000).emitWithAck("echo", value), value);
      assert.deepEqual(await peer.timeout(5000).emitWithAck("echo", value), value);
    }
  });

  test(`bytes both ways, ${way}`, async (t) => {
    const place = await serve(t, { parser: official });
    const { socket, peer } = await joined(place, { ...options, parser });
    const sent = heard(peer, "bytes");
    socket.emit("bytes", Buffer.from("one"), { deep: [Uint16Array.of(513)] }, new Uint8Array(300).buffer);
    assert.deepEqual(await sent, [Buffer.from("one"), { deep: [Buffer.from([1, 2])] }, Buffer.alloc(300)]);
    const received = heard(socket, "bytes");
    peer.emit("bytes", Buffer.from("two"), { deep: [Buffer.alloc(70_000, 1)] });
    const [two, { deep }] = await received;
    assert.equal(Buffer.from(two).toString(), "two");
    assert.ok(Buffer.alloc(70_000, 1).equals(Buffer.from(deep[0])));
  });

  test(`namespaces, auth, refusal and disconnect, ${way}`, async (t) => {
    const place = await serve(t, { parser: official });
    place.server.of("/closed").use((peer, next) => {
      const { token } = peer.handshake.auth;
      next(token === "good" ? undefined : Object.assign(new Error("no entry"), { data: { token } }));
    });
    const refused = join(place, { ...options, parser, auth: { token: "bad" } }, { name: "/closed" });
    const [error] = await heard(refused, "connect_error");
    assert.equal(error.message, "no entry");
    assert.deepEqual(error.data, { token: "bad" });
    const { socket, peer } = await joined(place, { ...options, parser, auth: { token: "good" } }, { name: "/closed" });
    const gone = heard(socket, "disconnect");
    peer.disconnect();
    assert.equal((await gone)[0], "io server disconnect");
  });

  test(`what waits for the connection, in order, ${way}`, async (t) => {
    const place = await serve(t, { parser: official });
    const came = [];
    const all = new Promise((resolve) =>
      place.server.on("connection", (peer) => peer.on("it", (at) => came.push(at) === 50 && resolve())),
    );
    const socket = join(place, { ...options, parser });
    for (let at = 0; at < 50; at++) socket.emit("it", at);
    await all;
    assert.deepEqual(came, Array.from({ length: 50 }, (_, at) => at));
  });
}

test("a text that comes is a parse error (P-113)", async (t) => {
  const place = await serve(t, { parser: official });
  const { socket, peer } = await joined(place, { ...WAYS.websocket, parser, reconnection: false });
  const gone = heard(socket, "disconnect");
  peer.conn.write('2["plain"]');
  assert.equal((await gone)[0], "parse error");
});

test("bytes that are no packet are a parse error (P-112)", async (t) => {
  const place = await serve(t, { parser: official });
  for (const bytes of [[], [0xc1], [0x80], [0x93, 1, 2]]) {
    const { socket, peer } = await joined(place, { ...WAYS.websocket, parser, reconnection: false });
    const gone = heard(socket, "disconnect");
    peer.conn.write(Buffer.from(bytes));
    assert.equal((await gone)[0], "parse error", `${bytes}`);
  }
});
