// Options of a second io() for a connection that is there cannot count, which is said; all else is silent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { io } from "../dist/node.js";
import { serve } from "./lib/place.mjs";

async function warnings(t, first, second) {
  const place = await serve(t);
  const warn = t.mock.method(console, "warn", () => {});
  const manager = io(`${place.url}/first`, { autoConnect: false, ...first }).io;
  const other = io(`${place.url}/second`, { autoConnect: false, ...second });
  assert.equal(other.io === manager, !second.forceNew);
  return warn.mock.calls.map(({ arguments: [text] }) => text);
}

test("another transport, query or header", async (t) => {
  const others = [{ transports: ["websocket"] }, { query: { a: 2 } }, { extraHeaders: { a: "b" } }, { timeout: 1 }];
  for (const second of others) {
    const [text, ...more] = await warnings(t, { transports: ["polling"], query: { a: 1 } }, second);
    assert.match(text, new RegExp(`^sockeye: ${Object.keys(second)[0]} is an option`));
    assert.deepEqual(more, []);
  }
});

test("the one that differs is named", async (t) => {
  const first = { transports: ["polling"], timeout: 5 };
  const [text] = await warnings(t, first, { transports: ["polling"], timeout: 6 });
  assert.match(text, /timeout/);
});

test("the same options, written anew", async (t) => {
  const make = () => ({ transports: ["polling"], query: { a: 1 }, extraHeaders: { b: "c" } });
  assert.deepEqual(await warnings(t, make(), make()), []);
});

test("options of the namespace, and none", async (t) => {
  const second = { auth: { token: 1 }, retries: 3, query: undefined };
  assert.deepEqual(await warnings(t, { transports: ["polling"] }, second), []);
  assert.deepEqual(await warnings(t, {}, {}), []);
});

test("a connection of its own", async (t) => {
  assert.deepEqual(await warnings(t, {}, { transports: ["polling"], forceNew: true }), []);
});
