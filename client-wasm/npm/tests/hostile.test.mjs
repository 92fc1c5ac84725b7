// Frames and bodies by chance, and good ones that were changed by chance: nothing throws but what is declared, nothing
// grows, and on a good connection afterwards everything is as it was. SEED=17 npm test runs it again as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { io } from "../dist/index.js";
import { fakeServer } from "./lib/fake-server.mjs";
import { SEED, chance } from "./lib/random.mjs";
import { source } from "./lib/source.mjs";
import { heard, until, within } from "./lib/wait.mjs";

const { Reader } = await source('export { Reader } from "./packet";');

const GOOD = [
  '0{"sid":"session","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}',
  '40{"sid":"socket","pid":"private"}',
  "1",
  "2",
  "3probe",
  "6",
  "41",
  "41/other,",
  '44{"message":"no","data":{"why":[1]}}',
  '42["it",1,null,"text",{"deep":[{"a":1}]}]',
  '42/other,7["it"]',
  '4217["it",{}]',
  '430[1,"two"]',
  '451-["it",{"_placeholder":true,"num":0}]',
  '462-3[{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]',
  "bAQID",
];
const SPLINTERS = ["", "4", "5", "-", ",", "/", "[", "]", "{", "}", '"', "\\", "\x1e", "b", "0", "9e9", "-1", "null",
  '"__proto__"', '{"_placeholder":true,"num":9}', "\ud800", "é", " ".repeat(300), "9".repeat(30), "[".repeat(99)];

/** A frame: sometimes bytes, sometimes good, mostly a good one with splinters in it. */
function frame(random) {
  const below = (limit) => Math.floor(random() * limit);
  const any = (list) => list[below(list.length)];
  if (random() < 0.1) return Uint8Array.from({ length: below(40) }, () => below(256)).buffer;
  let text = any(GOOD);
  if (random() < 0.3) return text;
  for (let count = 1 + below(3); count; count--) {
    const at = below(text.length + 1);
    const kept = text.slice(at + (random() < 0.5 ? below(6) : 0));
    text = text.slice(0, at) + any(SPLINTERS) + (random() < 0.1 ? any(GOOD) : kept);
  }
  return text;
}

test(`packets that are read, SEED=${SEED}`, () => {
  const random = chance(SEED);
  let reader = new Reader();
  let read = 0;
  for (let round = 0; round < 100_000; round++) {
    const it = frame(random);
    // Those of Engine.IO are not for it.
    if (typeof it === "string" && it[0] !== "4") continue;
    try {
      const packet = reader.$read(it);
      assert.ok(reader.$buffers.length <= 10);
      if (!packet) continue;
      read++;
      const { $type, $nsp, $id, $data } = packet;
      assert.ok(Number.isInteger($type) && $type >= 0 && $type < 6, it);
      assert.ok($nsp[0] === "/" && $nsp.length <= 1024, it);
      assert.ok($id === undefined || Number.isSafeInteger($id), it);
      if ($type === 2 || $type === 3) assert.ok(Array.isArray($data), it);
    } catch (error) {
      // Its own words, or those of JSON: the connection would end.
      if (typeof error !== "string" && !(error instanceof SyntaxError)) throw error;
      reader = new Reader();
    }
  }
  assert.ok(read > 10_000, `${read} were packets`);
  assert.equal({}.polluted, undefined);
});

for (const way of ["websocket", "polling"]) {
  test(`a whole client, ${way}, SEED=${SEED}`, async (t) => {
    const random = chance(SEED);
    const place = fakeServer(t);
    const timing = { reconnectionDelay: 1, reconnectionDelayMax: 1, randomizationFactor: 0, timeout: 1_000 };
    const socket = io("http://127.0.0.1", { transports: [way], forceNew: true, ...timing });
    t.after(() => socket.disconnect());
    socket.on("it", (...args) => {
      const answer = args.at(-1);
      if (typeof answer === "function") answer(args.length);
    });
    let ends = 0;
    for (const name of ["connect_error", "disconnect"]) socket.on(name, () => ends++);
    for (let round = 0; round < 150; round++) {
      const greeting = random() < 0.9 ? GOOD.slice(0, 2) : [];
      const frames = Array.from({ length: 1 + Math.floor(random() * 20) }, () => frame(random));
      const isText = way === "polling" ? (it) => typeof it === "string" : () => true;
      place.says = [...greeting, ...frames].filter(isText);
      // Whatever became of the last connection, there is another: unless it ends by itself, the network ends it.
      [...place.open].forEach((it) => it.end());
      if (!socket.active) socket.connect();
      await within("turns", (resolve) => setTimeout(resolve, 4));
      const { engine, nsps } = socket.io;
      assert.deepEqual(Object.keys(nsps), ["/"]);
      assert.ok(place.open.size <= 2, `${place.open.size} are open`);
      assert.ok(engine.writeBuffer.length < 50, `${engine.writeBuffer.length} wait`);
      assert.ok(socket.receiveBuffer.length < 50);
    }
    assert.ok(ends > 20, `${ends} ends`);
    place.says = undefined;
    const ok = heard(socket, "ok");
    [...place.open].forEach((it) => it.end());
    const again = setInterval(() => socket.active || socket.connect(), 2);
    await ok.finally(() => clearInterval(again));
    assert.equal(socket.connected, true);
    assert.equal(socket.sendBuffer.length, 0);
    await until(() => place.open.size === 1);
  });
}
