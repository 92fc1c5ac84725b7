import assert from "node:assert/strict";
import test from "node:test";
import { DECODER, textOf } from "./text.mjs";

const decoded = new Function("text", `const bytes = []; ${DECODER} return bytes;`);

test("every pair of bytes comes back", () => {
  const all = Array.from({ length: 256 * 256 }, (_, pair) => [pair >> 8, pair & 255]).flat();
  assert.deepEqual(decoded(textOf(all)), all);
});

test("the text is printable ASCII without the quote that would have to be escaped", () => {
  const text = textOf(Array.from({ length: 256 }, (_, byte) => byte));
  assert.match(text, /^[ -~]+$/);
  assert.ok(!text.includes('"'));
});
