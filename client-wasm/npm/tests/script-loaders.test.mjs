// The script, where a loader of modules finds it by its path.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const script = readFileSync(new URL("../dist/sockeye.min.js", import.meta.url), "utf8");

/** What it leaves behind where these names are global. */
function loaded(globals = {}) {
  const { FinalizationRegistry, Promise, TextEncoder, TextDecoder } = globalThis;
  const place = vm.createContext({ FinalizationRegistry, Promise, TextEncoder, TextDecoder, ...globals });
  vm.runInContext(script, place);
  return place;
}

const isClient = (io) => typeof io === "function" && typeof io.Manager === "function" && io.protocol === 5;

test("in a page it is a global", () => {
  assert.ok(isClient(loaded().io));
});

test("where there is CommonJS it is a module, and no global", () => {
  const { module, io } = loaded({ module: { exports: {} } });
  assert.ok(isClient(module.exports));
  assert.equal(io, undefined);
});

test("where there is AMD it is one of its modules, and no global", () => {
  const made = [];
  const define = Object.assign((make) => made.push(make()), { amd: {} });
  const { io } = loaded({ define });
  assert.equal(made.length, 1);
  assert.ok(isClient(made[0]));
  assert.equal(io, undefined);
});

test("an element of the page that is called module is none", () => {
  assert.ok(isClient(loaded({ module: { tagName: "DIV" } }).io));
});
