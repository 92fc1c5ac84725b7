import assert from "node:assert/strict";
import test from "node:test";
import { renamed } from "./names.mjs";

/** Imports h.first and h.second, exports them as one, two and unused, and a memory. */
const MODULE = Buffer.concat([
  Buffer.from("\0asm\x01\0\0\0", "latin1"),
  Buffer.from([1, 4, 1, 0x60, 0, 0]),
  section(2, "\x02\x01h\x05first\0\0\x01h\x06second\0\0"),
  Buffer.from([5, 3, 1, 0, 1]),
  section(7, "\x04\x03one\0\0\x03two\0\x01\x06unused\0\0\x06memory\x02\0"),
]);
const SHORT = { first: "a", second: "b", one: "c", two: "d", memory: "e" };

test("both sides have the short names, and what has none is left out", () => {
  const heard = [];
  const h = { a: () => heard.push("first"), b: () => heard.push("second") };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(renamed(MODULE, (name) => SHORT[name])), { h });
  assert.deepEqual(Object.keys(exports), ["c", "d", "e"]);
  exports.d();
  exports.c();
  assert.deepEqual(heard, ["second", "first"]);
});

test("an import that the host does not have is an error that names it", () => {
  assert.throws(() => renamed(MODULE, (name) => name !== "second" && SHORT[name]), /imports second.*\$\$second/);
});

function section(id, text) {
  return Buffer.from([id, text.length, ...Buffer.from(text, "latin1")]);
}
