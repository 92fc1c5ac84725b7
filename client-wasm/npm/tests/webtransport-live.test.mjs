// WebTransport against the official engine, over a fake of the network: lib/stream.mjs says what of it is real (P-31).
import assert from "node:assert/strict";
import { test } from "node:test";
import { join, joined, serve } from "./lib/place.mjs";
import { fakeWebTransport } from "./lib/stream.mjs";
import { heard, until } from "./lib/wait.mjs";

const WAYS = { direct: { transports: ["webtransport"] }, upgrade: { transports: ["polling", "webtransport"] } };

async function place(t, options = {}) {
  const it = await serve(t, { transports: ["polling", "webtransport"], ...options });
  return { it, sessions: fakeWebTransport(t, it) };
}

for (const [way, options] of Object.entries(WAYS)) {
  test(`events, answers and bytes both ways, ${way}`, async (t) => {
    const { it, sessions } = await place(t);
    const { socket, peer } = await joined(it, options);
    assert.equal(socket.io.engine.transport.name, "webtransport");
    await until(() => peer.conn.transport.name === "webtransport");
    peer.on("echo", (...args) => args.pop()(args));
    socket.on("echo", (...args) => args.pop()(args));
    for (const size of [0, 1, 125, 126, 65_535, 65_536, 300_000]) {
      const values = ["é".repeat(size), { deep: [Buffer.alloc(size, 1)] }];
      assert.deepEqual(await socket.timeout(5000).emitWithAck("echo", ...values), values);
      assert.deepEqual(await peer.timeout(5000).emitWithAck("echo", ...values), values);
    }
    assert.equal(sessions.length, 1);
    // P-31: by https, whatever the page was; P-13: no query, so no sid either.
    assert.equal(sessions[0].url, `${it.url.replace("http:", "https:")}/socket.io/`);
  });

  test(`disconnect ends the session, ${way}`, async (t) => {
    const { it, sessions } = await place(t);
    const { socket, peer } = await joined(it, options);
    const gone = heard(peer, "disconnect");
    socket.disconnect();
    await gone;
    await until(() => sessions[0].isClosed);
    // What was said may not have left when the session is closed, and would be lost (P-71).
    assert.equal(sessions[0].endedBefore, true);
  });

  test(`the session ends, and it comes back, ${way}`, async (t) => {
    const { it, sessions } = await place(t);
    const { socket } = await joined(it, { ...options, reconnectionDelay: 1 });
    const gone = heard(socket, "disconnect");
    const context = { closeCode: 7, reason: "enough" };
    // A stream breaks with its session, and may do so before.
    sessions[0].down.error(new Error("the session is closed"));
    sessions[0].close(context);
    const [reason, details] = await gone;
    assert.equal(reason, "transport close");
    assert.deepEqual(details, { description: "webtransport connection closed", context });
    await heard(socket, "connect");
  });

  test(`the session breaks, ${way}`, async (t) => {
    const { it, sessions } = await place(t);
    const { socket } = await joined(it, { ...options, reconnection: false });
    const gone = heard(socket, "disconnect");
    sessions[0].reject(new Error("the network is gone"));
    const [reason, error] = await gone;
    assert.equal(reason, "transport error");
    assert.equal(error.message, "webtransport error");
    assert.equal(error.description.message, "the network is gone");
  });

  test(`only the stream ends, ${way}`, async (t) => {
    const { it, sessions } = await place(t);
    const { socket } = await joined(it, { ...options, reconnectionDelay: 1 });
    const [gone, back] = [heard(socket, "disconnect"), heard(socket, "connect")];
    sessions[0].down.terminate();
    const [reason, details] = await gone;
    assert.equal(reason, "transport close");
    assert.equal(details.description, "webtransport connection closed");
    await Promise.all([back, until(() => sessions[0].isClosed)]);
  });

  for (const half of ["up", "down"]) {
    test(`only one half of the stream breaks, ${half}, ${way}`, async (t) => {
      const { it, sessions } = await place(t);
      const { socket } = await joined(it, { ...options, reconnection: false });
      const gone = heard(socket, "disconnect");
      sessions[0][half].error(new Error("no more of this"));
      // Who does not read hears of it by writing.
      socket.emit("anything");
      const [reason, error] = await gone;
      assert.equal(reason, "transport error");
      assert.equal(error.description.message, "no more of this");
      await until(() => sessions[0].isClosed);
    });
  }

  test(`heartbeats are answered, ${way}`, async (t) => {
    const { it } = await place(t, { pingInterval: 20, pingTimeout: 5000 });
    const { socket, peer } = await joined(it, options);
    for (let round = 0; round < 5; round++) await heard(socket.io, "ping");
    assert.equal(peer.connected, true);
  });
}

test("the constructor's options are the page's (O-17)", async (t) => {
  const { it, sessions } = await place(t);
  const hashes = { serverCertificateHashes: [] };
  await joined(it, { ...WAYS.direct, transportOptions: { webtransport: hashes } });
  assert.equal(sessions[0].options, hashes);
});

test("a page without WebTransport stays on polling, or fails at once (B-08)", async (t) => {
  const { it } = await place(t);
  delete globalThis.WebTransport;
  const { socket } = await joined(it, { transports: ["polling"] });
  assert.equal(socket.connected, true);
  const other = join(it, { ...WAYS.direct, reconnection: false });
  const [error] = await heard(other, "connect_error");
  assert.equal(error.message, "webtransport error");
});
