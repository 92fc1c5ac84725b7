// In Node a message over WebSocket is at most 16 MiB, or what `maxPayload` says (F044).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";

const OVER = (1 << 24) + 1;

test("a message above the limit ends the connection", async (t) => {
  const { socket, peer } = await joined(await serve(t), { ...WAYS.websocket, reconnection: false });
  const left = new Promise((resolve) => peer.once("disconnect", resolve));
  const lost = new Promise((resolve) => socket.once("disconnect", (...said) => resolve(said)));
  socket.on("big", () => assert.fail("it was read"));
  peer.emit("big", new Uint8Array(OVER));
  const [reason, { message }] = await lost;
  assert.equal(reason, "transport error");
  assert.equal(message, "websocket error");
  await left;
});

test("maxPayload is another", async (t) => {
  const { socket, peer } = await joined(await serve(t), { ...WAYS.websocket, maxPayload: OVER });
  const read = new Promise((resolve) => socket.once("big", resolve));
  peer.emit("big", new Uint8Array(OVER));
  assert.equal((await read).byteLength, OVER);
});
