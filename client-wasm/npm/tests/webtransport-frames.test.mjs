// The framing of WebTransport, byte by byte (P-120, P-121).
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPacketEncoderStream } from "engine.io-parser";
import { SEED, chance } from "./lib/random.mjs";
import { source } from "./lib/source.mjs";

const { FrameDecoder, framed } = await source('export * from "./webtransport";');
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const plain = (frames) => Array.from(frames, (it) => (typeof it === "string" ? it : Buffer.from(it)));

test("4hello, and what else has a short header", () => {
  assert.equal(hex(framed("4hello")), "06" + "3468656c6c6f");
  assert.equal(hex(framed(Uint8Array.of(1, 2))), "82" + "0102");
  assert.equal(hex(framed("2")), "01" + "32");
  assert.equal(hex(framed("4é")), "03" + "34c3a9");
  assert.equal(hex(framed(new Uint16Array(Uint8Array.of(9, 9, 1, 2, 9, 9).buffer, 2, 1))), "82" + "0102");
});

test("no bytes at all, which the official server cannot take as bytes", () => {
  assert.equal(hex(framed(new Uint8Array(0))), "01" + "62");
  // But so it says them itself.
  assert.deepEqual(plain(new FrameDecoder().push(Uint8Array.of(0x80, 1, 0x32))), [Buffer.alloc(0), "2"]);
});

test("lengths where the header grows", () => {
  const heads = { 125: "7d", 126: "7e007e", 65535: "7effff", 65536: "7f0000000000010000" };
  for (const [size, head] of Object.entries(heads)) {
    const text = "4".padEnd(+size, "x");
    assert.equal(hex(framed(text)), head + hex(Buffer.from(text)));
    const binary = hex(framed(new Uint8Array(+size)));
    assert.equal(binary, (parseInt(head.slice(0, 2), 16) | 128).toString(16) + head.slice(2) + "00".repeat(size));
    for (const it of [text, Buffer.alloc(+size)]) assert.deepEqual(plain(new FrameDecoder().push(framed(it))), [it]);
  }
});

test("byte by byte", () => {
  const packets = ["0{}", Buffer.alloc(126, 1), "4" + "é".repeat(40_000), Buffer.alloc(1), "2", "\ufeff4"];
  const decoder = new FrameDecoder();
  const found = [];
  for (const byte of Buffer.concat(packets.map(framed))) found.push(...plain(decoder.push(Uint8Array.of(byte))));
  assert.deepEqual(found, packets);
});

test(`in pieces of any size, as the official parser writes them, SEED=${SEED}`, async () => {
  const random = chance(SEED);
  const below = (limit) => Math.floor(random() * limit);
  const packets = Array.from({ length: 200 }, () => {
    const size = below([5, 130, 300, 70_000][below(4)]);
    return random() < 0.5 ? "4" + "é".repeat(size / 2) : Buffer.alloc(size + 1, below(256));
  });
  const all = await official(packets);
  assert.equal(hex(Buffer.concat(packets.map(framed))), hex(all));
  const decoder = new FrameDecoder();
  const found = [];
  for (let at = 0; at < all.length; ) {
    const next = at + below(below(2) ? 10 : 100_000);
    found.push(...plain(decoder.push(all.subarray(at, next))));
    at = next;
  }
  assert.deepEqual(found, packets);
});

test("frames that cannot be, after what came before them", () => {
  const lengths = ["0000000000000000", "0020000000000000", "ffffffffffffffff", "0000000010000001"];
  const bad = ["00", "7e0000", "fe0000", ...lengths.map((it) => `7f${it}`)];
  for (const it of bad) {
    const decoder = new FrameDecoder();
    const found = [];
    assert.throws(() => {
      for (const frame of decoder.push(Buffer.concat([framed("4ok"), Buffer.from(it, "hex")]))) found.push(frame);
    }, /illegal frame/);
    assert.deepEqual(found, ["4ok"], it);
  }
});

test("a large packet in small pieces is put together once", (t) => {
  const all = framed(new Uint8Array(32 << 20));
  const decoder = new FrameDecoder();
  const set = t.mock.method(Uint8Array.prototype, "set");
  let found = 0;
  for (let at = 0; at < all.length; at += 1200) found += plain(decoder.push(all.subarray(at, at + 1200))).length;
  assert.equal(found, 1);
  const copied = set.mock.calls.reduce((sum, { arguments: [from] }) => sum + from.length, 0);
  assert.ok(copied < 3 * all.length, `${copied} bytes were copied`);
});

async function official(packets) {
  const encoder = createPacketEncoderStream();
  const writer = encoder.writable.getWriter();
  const written = [];
  const read = async () => {
    for await (const it of encoder.readable) written.push(Buffer.from(it));
  };
  const write = async () => {
    for (const it of packets) await writer.write({ type: "message", data: typeof it === "string" ? it.slice(1) : it });
    await writer.close();
  };
  await Promise.all([read(), write()]);
  return Buffer.concat(written);
}
