// What our encoder writes and decoder reads is what socket.io-msgpack-parser does, for any value (P-110, P-111).
import assert from "node:assert/strict";
import { test } from "node:test";
import judge from "socket.io-msgpack-parser";
import ours from "../dist/msgpack.js";
import { SEED, anything, chance } from "./lib/random.mjs";

const hex = (chunks) => chunks.map((it) => Buffer.from(it).toString("hex")).join();
const event = (...data) => ({ type: 2, data, options: { compress: true }, nsp: "/" });

function decoded({ Decoder }, bytes) {
  const decoder = new Decoder();
  let found;
  decoder.on("decoded", (it) => (found = it));
  decoder.add(bytes);
  decoder.destroy();
  return found;
}

/** The judge gives Buffers in Node, we ArrayBuffers everywhere: the bytes are compared. */
function plain(it) {
  if (it instanceof ArrayBuffer) return Buffer.from(it);
  if (Buffer.isBuffer(it) || it instanceof Date || !it || typeof it !== "object") return it;
  if (Array.isArray(it)) return it.map(plain);
  return Object.fromEntries(Object.entries(it).map(([key, value]) => [key, plain(value)]));
}

const CASES = {
  integers: [0, 1, 127, 128, 255, 256, 65_535, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1],
  "below zero": [-1, -32, -33, -128, -129, -32_768, -32_769, -(2 ** 31), -(2 ** 31) - 1, -(2 ** 53) + 1],
  floats: [0.1, -1.5, 1.7e-300, 5e-324, NaN, Infinity, -Infinity, Math.PI],
  "what is not there": [undefined, null, [undefined], { a: undefined }],
  dates: [new Date(0), new Date(1), new Date(-1), new Date(2 ** 40), new Date(-8.64e15), new Date(8.64e15)],
  texts: ["", "a", "é", "😀", "x".repeat(31), "x".repeat(32), "x".repeat(255), "x".repeat(256), "x".repeat(65_536)],
  bytes: [0, 1, 255, 256, 65_535, 65_536].map((size) => Buffer.alloc(size, 7)),
  lists: [[], Array(15).fill(1), Array(16).fill(1), Array(65_536).fill(0), [[[[]]]]],
  maps: [{}, { a: { b: { c: {} } } }, many(15), many(16), many(65_536)],
  "toJSON and functions": [{ toJSON: () => ({ it: 1 }) }, { gone() {}, kept: 1 }],
};

for (const [name, values] of Object.entries(CASES)) {
  test(`${name}: the same bytes, and the same values back`, () => {
    for (const value of values) {
      const written = hex(new ours.Encoder().encode(event("it", value)));
      assert.equal(written, hex(new judge.Encoder().encode(event("it", value))));
      const bytes = Buffer.from(written, "hex");
      assert.deepEqual(plain(decoded(ours, bytes)), plain(decoded(judge, bytes)));
    }
  });
}

test("whole numbers beyond 2^53 are floats, which the judge reads but writes wrongly", () => {
  for (const value of [2 ** 53, -(2 ** 53), 1e300, -1e300, Number.MAX_VALUE]) {
    const [bytes] = new ours.Encoder().encode(event("it", value));
    for (const it of [ours, judge]) assert.equal(decoded(it, Buffer.from(bytes)).data[1], value);
  }
});

test(`values by chance, SEED=${SEED}`, () => {
  const random = chance(SEED);
  for (let at = 0; at < 3000; at++) {
    const packet = event("it", anything(random));
    const written = new ours.Encoder().encode(packet);
    assert.equal(hex(written), hex(new judge.Encoder().encode(packet)), `value ${at} of SEED=${SEED}`);
    assert.deepEqual(plain(decoded(ours, written[0])), plain(decoded(judge, Buffer.from(written[0]))));
  }
});

test("packets of every type", () => {
  const packets = [
    { type: 0, data: undefined, nsp: "/" },
    { type: 0, data: { token: "x" }, nsp: "/admin" },
    { type: 1, data: undefined, nsp: "/" },
    { type: 2, data: ["event"], options: { compress: false }, id: 0, nsp: "/" },
    { type: 3, data: [], id: 12, nsp: "/" },
    { type: 4, data: { message: "no", data: { code: 1 } }, nsp: "/" },
  ];
  for (const it of packets) assert.equal(hex(new ours.Encoder().encode(it)), hex(new judge.Encoder().encode(it)));
});

test("the order of keys is the reference's, and undefined is d40000", () => {
  const [bytes] = new ours.Encoder().encode({ type: 0, data: undefined, nsp: "/" });
  assert.equal(Buffer.from(bytes).toString("hex"), "83a47479706500a464617461d40000a36e7370a12f");
});

test("every view is written as its bytes (P-113)", () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, at) => at);
  const expected = hex(new judge.Encoder().encode(event(Buffer.from(bytes))));
  for (const View of [Uint8Array, Int16Array, Float64Array, BigInt64Array, DataView]) {
    assert.equal(hex(new ours.Encoder().encode(event(new View(bytes.buffer)))), expected, View.name);
  }
  assert.equal(hex(new ours.Encoder().encode(event(bytes.buffer))), expected);
  const part = new Uint8Array(Uint8Array.from([9, ...bytes, 9]).buffer, 1, 16);
  assert.equal(hex(new ours.Encoder().encode(event(part))), expected);
});

test("extensions that have no meaning here are a pair (P-111)", () => {
  const bytes = Buffer.from("83a47479706502a46461746192a26974d505abcda36e7370a12f", "hex");
  assert.deepEqual(plain(decoded(ours, bytes)).data, ["it", [5, Buffer.from("abcd", "hex")]]);
});

function many(count) {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));
}
