// What a browser says of its page, by globals that are put in place for the test (A-120 to A-123, and beyond).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { fakeWebTransport } from "./lib/stream.mjs";
import { heard, until } from "./lib/wait.mjs";

/** A window and a document that count who listens. Comes after `serve`, as what was set up first is cleaned up first. */
function page(t) {
  const targets = { window: new Target(), document: new Target() };
  const { window } = targets;
  const globals = {
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
    document: targets.document,
  };
  const before = Object.fromEntries(Object.keys(globals).map((name) => [name, globalThis[name]]));
  Object.assign(globalThis, globals);
  t.after(() => {
    for (const [name, value] of Object.entries(before)) value ? (globalThis[name] = value) : delete globalThis[name];
  });
  const say = (name, on = "window", more) => targets[on].dispatchEvent(Object.assign(new Event(name), more));
  return { say, heardOf: () => [...window.names(), ...targets.document.names()].sort() };
}

class Target extends EventTarget {
  listening = [];

  addEventListener(name, listener) {
    this.listening.push([name, listener]);
    super.addEventListener(name, listener);
  }

  removeEventListener(name, listener) {
    this.listening = this.listening.filter(([other, it]) => other !== name || it !== listener);
    super.removeEventListener(name, listener);
  }

  names() {
    return this.listening.map(([name]) => name);
  }
}

const ALL = ["offline", "online", "pagehide", "pageshow", "resume", "visibilitychange"];
const FAR = { ...WAYS.websocket, reconnectionDelay: 3_600_000, reconnectionDelayMax: 3_600_000 };

test("a page that goes away closes its session of WebTransport before", async (t) => {
  const place = await serve(t, { transports: ["polling", "webtransport"] });
  const sessions = fakeWebTransport(t, place);
  const { say, heardOf } = page(t);
  const { socket } = await joined(place, { transports: ["webtransport"] });
  say("pagehide", "window", { persisted: false });
  // At once: it has no time for more.
  assert.equal(sessions[0].isClosed, true);
  socket.disconnect();
  await until(() => !heardOf().length);
});

test("it listens while a connection is wanted, and not a moment longer", async (t) => {
  const place = await serve(t);
  const { heardOf } = page(t);
  const { socket } = await joined(place, FAR);
  assert.deepEqual(heardOf(), ALL);
  const gone = heard(socket, "disconnect");
  socket.io.engine.close();
  await gone;
  await until(() => socket.io._reconnecting);
  assert.deepEqual(heardOf(), ALL);
  socket.disconnect();
  assert.deepEqual(heardOf(), []);
  await heard(socket.connect(), "connect");
  assert.deepEqual(heardOf(), ALL);
  socket.disconnect();
  assert.deepEqual(heardOf(), []);
});

test("who gives up does not listen", async (t) => {
  const place = await serve(t);
  const { heardOf } = page(t);
  place.http.removeAllListeners("upgrade").on("upgrade", (_, it) => it.destroy());
  const socket = join(place, { ...WAYS.websocket, reconnectionDelay: 1, reconnectionAttempts: 2 });
  await heard(socket.io, "reconnect_failed");
  assert.deepEqual(heardOf(), []);
});

test("two managers listen each for itself", async (t) => {
  const place = await serve(t);
  const { heardOf } = page(t);
  const [one, other] = [await joined(place, FAR), await joined(place, FAR)];
  assert.equal(heardOf().length, 2 * ALL.length);
  one.socket.disconnect();
  assert.deepEqual(heardOf(), ALL);
  other.socket.disconnect();
  assert.deepEqual(heardOf(), []);
});

test("offline closes, and online tries again at once", async (t) => {
  const place = await serve(t);
  const { say } = page(t);
  const { socket } = await joined(place, FAR);
  const gone = heard(socket, "disconnect");
  say("offline");
  const [reason, details] = await gone;
  assert.equal(reason, "transport close");
  assert.equal(details.description, "network connection lost");
  await until(() => socket.io._reconnecting);
  say("online");
  await heard(socket, "connect");
});

for (const [name, on] of [["pageshow", "window"], ["visibilitychange", "document"], ["resume", "document"]]) {
  test(`a heartbeat that was missed asleep is seen on ${name}`, async (t) => {
    const place = await serve(t);
    const { say } = page(t);
    const { socket } = await joined(place, FAR);
    say(name, on);
    assert.equal(socket.connected, true);
    const { now } = Date;
    t.mock.method(Date, "now", () => now() + 3_600_000);
    const gone = heard(socket, "disconnect");
    say(name, on);
    assert.equal((await gone)[0], "ping timeout");
  });
}

test("a page that goes into the back-forward cache lets go, and comes back at once (F131)", async (t) => {
  const place = await serve(t);
  const { say } = page(t);
  const { socket, peer } = await joined(place, FAR);
  say("pagehide", "window", { persisted: false });
  assert.equal(socket.connected, true);
  const gone = [heard(socket, "disconnect"), heard(peer, "disconnect")];
  say("pagehide", "window", { persisted: true });
  const [[reason]] = await Promise.all(gone);
  assert.equal(reason, "transport close");
  await until(() => socket.io._reconnecting);
  say("pageshow", "window", { persisted: true });
  await heard(socket, "connect");
});

test("by option, only what the reference listens to", async (t) => {
  const place = await serve(t);
  const { heardOf } = page(t);
  await joined(place, { ...FAR, pageLife: false });
  assert.deepEqual(heardOf(), ["offline"]);
});

test("closeOnBeforeunload closes without a word (O-20)", async (t) => {
  const place = await serve(t);
  const { say, heardOf } = page(t);
  const { socket, peer } = await joined(place, { ...FAR, closeOnBeforeunload: true });
  assert.ok(heardOf().includes("beforeunload"));
  socket.on("disconnect", () => assert.fail("it was told"));
  const gone = heard(peer, "disconnect");
  say("beforeunload");
  await gone;
  socket.removeAllListeners();
});

test("without a page there is nothing to listen to", async (t) => {
  assert.equal(globalThis.addEventListener, undefined);
  const place = await serve(t);
  const { socket } = await joined(place, FAR);
  assert.equal(socket.connected, true);
});
