// The search for bytes in what is emitted is on the way of every event.
import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./lib/source.mjs";

test("a class that the page does not have is not sought for each object: a window looks through its elements for it", async (t) => {
  const usual = Object.getOwnPropertyDescriptor(globalThis, "SharedArrayBuffer");
  t.after(() => Object.defineProperty(globalThis, "SharedArrayBuffer", usual));
  let sought = 0;
  Object.defineProperty(globalThis, "SharedArrayBuffer", { configurable: true, get: () => void sought++ });
  const { Parcel } = await source(`export { Parcel } from "./binary";`);
  const before = sought;
  const records = Array.from({ length: 100 }, (_, id) => ({ id, deep: { when: new Date(0) } }));
  assert.equal(new Parcel(["save", records]).$text, JSON.stringify(["save", records]));
  assert.equal(new Parcel(["save", records, Uint8Array.of(1)]).$buffers.length, 1);
  assert.equal(sought, before);
});
