// Every kind of buffer arrives as its bytes, on every way to the server (P-83).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

const BYTES = Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + 250) & 255);
const VIEWS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
];

const KINDS = {
  ...Object.fromEntries(VIEWS.map((View) => [View.name, () => new View(BYTES.slice().buffer)])),
  ArrayBuffer: () => BYTES.slice().buffer,
  "Node Buffer": () => Buffer.from(BYTES),
  Blob: () => new Blob([BYTES]),
  File: () => new File([BYTES], "bytes.bin"),
  "a view of a part": () => new Uint16Array(Uint8Array.from([9, 9, ...BYTES, 9, 9]).buffer, 2, 16),
  "a DataView of a part": () => new DataView(Uint8Array.from([9, ...BYTES, 9]).buffer, 1, 32),
};

for (const [way, options] of Object.entries({ ...WAYS, base64: { ...WAYS.websocket, forceBase64: true } })) {
  test(`every kind of buffer, ${way}`, async (t) => {
    const place = await serve(t);
    const { socket, peer } = await joined(place, options);
    peer.on("echo", (value, answer) => answer(value));
    for (const [kind, make] of Object.entries(KINDS)) {
      const echoed = await socket.timeout(5000).emitWithAck("echo", make());
      assert.ok(Buffer.isBuffer(echoed), `${kind} comes back as ${echoed}`);
      assert.deepEqual([...echoed], [...BYTES], kind);
    }
  });

  test(`none, one and many bytes, ${way}`, async (t) => {
    const place = await serve(t);
    const { socket, peer } = await joined(place, options);
    peer.on("echo", (value, answer) => answer(value));
    for (const size of [0, 1, 2, 3, 125, 126, 65_535, 65_536, 500_001]) {
      const sent = Buffer.alloc(size, "sockeye");
      assert.ok(sent.equals(await socket.timeout(5000).emitWithAck("echo", sent)), `${size} bytes`);
    }
  });

  test(`buffers deep in arguments keep their places, ${way}`, async (t) => {
    const place = await serve(t);
    const { socket, peer } = await joined(place, options);
    const came = heard(peer, "deep");
    const it = (text) => Buffer.from(text);
    socket.emit("deep", [it("a"), { b: it("b"), c: [[it("c")]] }], { list: [1, { d: it("d") }], e: null }, it("f"));
    assert.deepEqual(await came, [
      [it("a"), { b: it("b"), c: [[it("c")]] }],
      { list: [1, { d: it("d") }], e: null },
      it("f"),
    ]);
  });
}
