// On an open WebSocket with nothing else to do, a packet and its attachments pass without the machine. What comes between
// them, and what is wrong with them, is as it would be with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";
import { heard, turn } from "./lib/wait.mjs";

const HEAD = '451-["data",{"_placeholder":true,"num":0}]';

/** A client at rest, and the hand of its server. */
async function atRest(t) {
  const place = await serve(t);
  const { socket, peer } = await joined(place, { ...WAYS.websocket, reconnectionDelay: 1 });
  await turn();
  const say = (...frames) => frames.forEach((frame) => peer.conn.transport.socket.send(frame));
  return { place, socket, peer, say };
}

/** Of what was begun before: the next connection begins anew. */
async function nothingIsLeft(place, socket) {
  await heard(socket, "connect");
  await turn();
  const data = heard(socket, "data");
  place.server.emit("data", Buffer.from("whole"));
  assert.equal(String((await data)[0]), "whole");
}

test("a ping between a packet and its attachment is answered, and both count", async (t) => {
  const { socket, peer, say } = await atRest(t);
  const pong = heard(peer.conn, "heartbeat");
  const data = heard(socket, "data");
  say(HEAD, "2", Buffer.from("bytes"));
  assert.equal(String((await data)[0]), "bytes");
  await pong;
});

test("an event of the application's leaves between them", async (t) => {
  const { socket, peer, say } = await atRest(t);
  const data = heard(socket, "data");
  socket.io.on("ping", () => socket.emit("between", () => {}));
  const between = heard(peer, "between");
  say('452-["data",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]', Buffer.from("a"), "2");
  await between;
  say(Buffer.from("b"));
  assert.deepEqual((await data).map(String), ["b", "a"]);
});

for (const [what, frames, message] of [
  ["text in the place of an attachment", [HEAD, '42["other"]'], "got plaintext data when reconstructing a packet"],
  ["an attachment of nothing", [Buffer.from("bytes")], "got binary data when not reconstructing a packet"],
  ["an attachment too many", [HEAD, Buffer.from("a"), Buffer.from("b")], "got binary data when not reconstructing a packet"],
  ["a placeholder without one", ['451-["data",{"_placeholder":true,"num":1}]', Buffer.from("a")], "illegal attachments"],
]) {
  test(`${what} ends the connection, and says so`, async (t) => {
    const { place, socket, say } = await atRest(t);
    const lost = heard(socket, "disconnect");
    say(...frames);
    const [reason, error] = await lost;
    assert.deepEqual([reason, error.message], ["parse error", message]);
    await nothingIsLeft(place, socket);
  });
}

test("a loss between them leaves nothing to the next connection (F083)", async (t) => {
  const { place, socket, peer, say } = await atRest(t);
  const lost = heard(socket, "disconnect");
  const sent = new Promise((resolve) => peer.conn.transport.socket.send(HEAD, resolve));
  await sent;
  peer.conn.transport.socket.terminate();
  await lost;
  await nothingIsLeft(place, socket);
});

test("for a namespace that nobody joined it is passed over with its attachment", async (t) => {
  const { socket, say } = await atRest(t);
  const data = heard(socket, "data");
  say('451-/other,["data",{"_placeholder":true,"num":0}]', Buffer.from("theirs"), HEAD, Buffer.from("ours"));
  assert.equal(String((await data)[0]), "ours");
  assert.ok(socket.connected);
});
