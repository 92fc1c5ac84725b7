// Attachments follow the packet that announces them, all of them and nothing else (P-83 to P-85).
import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./lib/source.mjs";

const { Reader, written } = await source('export { Reader, written } from "./packet";');
const bytes = (...all) => Uint8Array.from(all).buffer;
const place = (num) => `{"_placeholder":true,"num":${num}}`;

/** What the last of these frames brings; the others bring nothing yet. */
function read(...frames) {
  const reader = new Reader();
  const packets = frames.map((it) => reader.$read(it));
  assert.ok(packets.slice(0, -1).every((it) => it === undefined));
  return packets.at(-1);
}
const refused = (why, ...frames) =>
  assert.throws(() => read(...frames), (it) => it === why, `${frames[0]}`.slice(0, 60));

test("they are put where they belong, in any order and more than once", () => {
  const frame = `452-["a",${place(1)},{"b":[${place(0)},${place(1)}]}]`;
  const packet = read(frame, bytes(1), bytes(2, 3));
  assert.equal(packet.$type, 2);
  assert.deepEqual(packet.$data, ["a", bytes(2, 3), { b: [bytes(1), bytes(2, 3)] }]);
  const answer = read(`461-/n,7[${place(0)}]`, bytes(9));
  assert.deepEqual([answer.$type, answer.$nsp, answer.$id, answer.$data], [3, "/n", 7, [bytes(9)]]);
});

test("how many there are is said in digits (B-15, F064)", () => {
  const counts = ["", "-", "0-", "01-", "1", " 1-", "1e0-", "0x1-", "-1-", "1.5-"];
  for (const count of counts) refused("Illegal attachments", `45${count}["a",${place(0)}]`);
});

test("none announced would be collected without end (F065)", () => {
  refused("Illegal attachments", '450-["a"]');
});

test("more than ten are refused (B-16, F066)", () => {
  const ten = Array.from({ length: 10 }, (_, at) => at);
  assert.equal(read(`4510-["a",${ten.map(place)}]`, ...ten.map((it) => bytes(it))).$data.length, 11);
  for (const count of ["11", "4294967296", "18446744073709551616"]) refused("too many attachments", `45${count}-["a"]`);
});

test("bytes that nobody announced, and text while bytes are awaited (B-17, F080, F081)", () => {
  refused("got binary data when not reconstructing a packet", bytes(1));
  const header = `451-["a",${place(0)}]`;
  const late = "got plaintext data when reconstructing a packet";
  refused(late, header, '42["a"]');
  refused(late, header, header);
  refused(late, header, "4");
  // What belongs to it has come: the next bytes are nobody's.
  refused("got binary data when not reconstructing a packet", header, bytes(1), bytes(2));
});

test("a placeholder without an attachment is illegal (B-18)", () => {
  for (const num of ["1", "-1", "0.5", '"0"', "null", "[0]", '"length"', "1e9"]) {
    refused("illegal attachments", `451-["a",${place(num)}]`, bytes(1));
  }
  refused("illegal attachments", '451-["a",{"_placeholder":true}]', bytes(1));
});

test("what only looks like a placeholder is data", () => {
  const data = ["a", { _placeholder: false, num: 0 }, { _placeholder: "true", num: 7 }, { num: 0 }];
  assert.deepEqual(read(`451-${JSON.stringify(data)}`, bytes(1)).$data, data);
  // Without attachments nothing is looked for.
  assert.deepEqual(read(`42["a",${place(0)}]`).$data, ["a", { _placeholder: true, num: 0 }]);
});

test("a binary packet needs a payload, and its type's", () => {
  refused("invalid payload", "451-", bytes(1));
  refused("invalid payload", '451-["connect"]', bytes(1));
  refused("invalid payload", `451-${place(0)}`, bytes(1));
  refused("invalid packet id", `461-[${place(0)}]`, bytes(1));
});

test("all of them together have a limit", () => {
  const large = new ArrayBuffer(2 ** 25);
  const header = `453-["a",${place(0)}]`;
  refused("too many attachments", header, large, large, bytes(1));
});

test("after a packet that was wrong the reader is of use", () => {
  const reader = new Reader();
  for (const wrong of ["45", "4511-[]", '42["connect"]', "49"]) assert.throws(() => reader.$read(wrong));
  assert.deepEqual(reader.$read('42["a"]').$data, ["a"]);
});

test("what is written says how many follow", () => {
  const frames = written(2, "/n", 3, { $text: `["a",${place(0)}]`, $buffers: [bytes(1)] });
  assert.deepEqual(frames, [`451-/n,3["a",${place(0)}]`, bytes(1)]);
  assert.deepEqual(read(...frames).$data, ["a", bytes(1)]);
});
