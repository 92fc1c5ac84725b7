// Bytes that are no packet throw, whatever they are, and change nothing (P-112).
import assert from "node:assert/strict";
import { test } from "node:test";
import { Decoder, Encoder } from "../dist/msgpack.js";
import { SEED, anything, chance } from "./lib/random.mjs";

function decode(bytes) {
  const decoder = new Decoder();
  const found = [];
  decoder.on("decoded", (it) => found.push(it));
  decoder.add(bytes);
  return found;
}

const encode = (packet) => Buffer.from(new Encoder().encode(packet)[0]);
const hex = (text) => Buffer.from(text, "hex");

test(`cut anywhere, a packet is none, SEED=${SEED}`, () => {
  const random = chance(SEED);
  for (let round = 0; round < 40; round++) {
    const whole = encode({ type: 2, data: ["it", anything(random, 3), "end"], nsp: "/" }).subarray(0, 4000);
    const length = Math.min(whole.length, 1500);
    for (let at = 0; at < length; at++) assert.throws(() => decode(whole.subarray(0, at)), Error, `cut at ${at}`);
  }
});

test("what follows a packet makes it none", () => {
  const whole = encode({ type: 2, data: ["it"], nsp: "/" });
  assert.equal(decode(whole).length, 1);
  assert.throws(() => decode(Buffer.concat([whole, hex("c0")])), /1 trailing bytes/);
});

test("what a packet may not be", () => {
  const packets = [
    [/invalid packet type/, { type: 5, data: ["it"], nsp: "/" }],
    [/invalid packet type/, { type: -1, data: ["it"], nsp: "/" }],
    [/invalid packet type/, { type: 2.5, data: ["it"], nsp: "/" }],
    [/invalid packet type/, { type: "2", data: ["it"], nsp: "/" }],
    [/invalid packet type/, { data: ["it"], nsp: "/" }],
    [/invalid namespace/, { type: 2, data: ["it"] }],
    [/invalid namespace/, { type: 2, data: ["it"], nsp: 1 }],
    [/invalid payload/, { type: 0, data: [], nsp: "/" }],
    [/invalid payload/, { type: 0, data: null, nsp: "/" }],
    [/invalid payload/, { type: 1, data: {}, nsp: "/" }],
    [/invalid payload/, { type: 2, data: { 0: "it" }, nsp: "/" }],
    [/invalid payload/, { type: 2, data: "it", nsp: "/" }],
    [/invalid payload/, { type: 3, data: undefined, nsp: "/" }],
    [/invalid payload/, { type: 4, data: 1, nsp: "/" }],
    [/invalid packet id/, { type: 2, data: ["it"], nsp: "/", id: "1" }],
    [/invalid packet id/, { type: 3, data: ["it"], nsp: "/", id: 1.5 }],
  ];
  for (const [message, packet] of packets) assert.throws(() => decode(encode(packet)), message, JSON.stringify(packet));
  for (const it of ["c0", "01", "a161", "90", "80", "c3", "c400"]) assert.throws(() => decode(hex(it)), /invalid/, it);
});

test("bytes that begin nothing", () => {
  for (const it of ["", "c1", "ff", "c6ffffffff", "dbffffffff", "ddffffffff", "dfffffffff", "c9ffffffff00", "cb00"]) {
    assert.throws(() => decode(hex(it)), Error, it);
  }
});

test("a count of four billion is not believed", () => {
  const began = process.memoryUsage().rss;
  for (const it of ["ddffffffff", "dfffffffff"]) {
    for (let round = 0; round < 1000; round++) assert.throws(() => decode(hex(it + "00".repeat(50))), /too early/);
  }
  assert.ok(process.memoryUsage().rss - began < 1 << 28);
});

test("brackets alone do not use up the stack", () => {
  for (const open of ["91", "81", "81a16191"]) assert.throws(() => decode(hex(open.repeat(1 << 20))), /too deep/);
});

test("keys that are members of every object are data", () => {
  const key = Buffer.from("__proto__");
  const map = Buffer.concat([hex("81a9"), key, hex("81a8"), Buffer.from("polluted"), hex("c3")]);
  const bytes = Buffer.concat([hex("83a47479706502a46461746191"), map, hex("a36e7370a12f")]);
  const [{ data }] = decode(bytes);
  assert.equal({}.polluted, undefined);
  assert.equal(data[0].polluted, undefined);
  assert.deepEqual(Object.keys(data[0]), ["__proto__"]);
});

test("a text is no packet (P-113)", () => {
  assert.throws(() => decode('2["it"]'), /plaintext/);
});

test(`bytes by chance throw or are a packet, SEED=${SEED}`, () => {
  const random = chance(SEED);
  for (let round = 0; round < 20_000; round++) {
    const bytes = Buffer.from(Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 256)));
    try {
      assert.equal(decode(bytes).length, 1);
    } catch (error) {
      const isOurs = error instanceof Error && !(error instanceof assert.AssertionError);
      assert.ok(isOurs, `${bytes.toString("hex")}: ${error}`);
    }
  }
});

test(`a packet with one bit changed throws or is a packet, SEED=${SEED}`, () => {
  const random = chance(SEED);
  const whole = encode({ type: 2, data: ["it", anything(random, 3)], id: 1, nsp: "/" }).subarray(0, 3000);
  for (let at = 0; at < whole.length * 8; at++) {
    const changed = Buffer.from(whole);
    changed[at >> 3] ^= 1 << (at & 7);
    try {
      decode(changed);
    } catch (error) {
      assert.ok(error instanceof Error);
      assert.ok(!(error instanceof RangeError && /stack/.test(error.message)), `bit ${at} uses up the stack`);
    }
  }
});
