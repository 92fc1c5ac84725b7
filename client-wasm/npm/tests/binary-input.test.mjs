// What is emitted is read, never changed, whatever is in it (P-83, P-86).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";

const bytes = () => Buffer.from("bytes");

async function echo(t) {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  peer.on("echo", (...args) => args.pop()(args));
  return (...args) => socket.timeout(5000).emitWithAck("echo", ...args);
}

test("what is emitted is the same afterwards, and may be frozen", async (t) => {
  const said = await echo(t);
  const make = () => ({ a: [bytes(), { b: bytes() }], c: { d: 1 } });
  const loose = make();
  const frozen = deepFreeze(make());
  assert.deepEqual(await said(loose, frozen), [make(), make()]);
  assert.deepEqual(loose, make());
  assert.ok(Object.isFrozen(frozen.a[1]));
});

test("the same buffer twice arrives twice", async (t) => {
  const said = await echo(t);
  const it = bytes();
  assert.deepEqual(await said(it, [it]), [it, [it]]);
});

test("values are what JSON makes of them, beside a buffer too", async (t) => {
  const said = await echo(t);
  const strange = () => [
    undefined,
    () => {},
    NaN,
    Infinity,
    new Date(0),
    new Map([[1, 2]]),
    { gone: undefined, also: () => {}, kept: null },
    Object.assign(Object.create({ inherited: 1 }), { own: 2 }),
    JSON.parse('{"constructor":1,"toString":2}'),
    "\ud800 lone, \u001e and \u2028",
  ];
  const plain = JSON.parse(JSON.stringify(strange()));
  assert.deepEqual(await said(...strange(), 0), [...plain, 0]);
  assert.deepEqual(await said(...strange(), bytes()), [...plain, bytes()]);
});

test("toJSON is heard, and may give buffers", async (t) => {
  const said = await echo(t);
  class Picture {
    toJSON() {
      return { name: "it", pixels: bytes() };
    }
  }
  assert.deepEqual(await said(new Picture(), [new Picture()]), [
    { name: "it", pixels: bytes() },
    [{ name: "it", pixels: bytes() }],
  ]);
  assert.deepEqual(await said({ toJSON: () => "plain" }, bytes()), ["plain", bytes()]);
});

test("what JSON cannot say throws out of emit, and the connection goes on", async (t) => {
  const said = await echo(t);
  const circle = {};
  circle.circle = circle;
  await assert.rejects(said(circle), RangeError);
  await assert.rejects(said(1n), TypeError);
  await assert.rejects(said(bytes(), 1n), TypeError);
  assert.deepEqual(await said("still", bytes()), ["still", bytes()]);
});

function deepFreeze(it) {
  // A view with elements cannot be frozen.
  if (it && typeof it === "object" && !ArrayBuffer.isView(it)) Object.values(Object.freeze(it)).forEach(deepFreeze);
  return it;
}
