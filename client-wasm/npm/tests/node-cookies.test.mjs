// In Node withCredentials turns on a jar of cookies, for polling and for the WebSocket's handshake (O-19).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";
import { until } from "./lib/wait.mjs";

async function baked(t, cookies) {
  const place = await serve(t);
  const sent = [];
  const note = ({ method, headers }) => sent.push([headers.upgrade ? "WebSocket" : method, headers.cookie]);
  place.http.prependListener("request", note).prependListener("upgrade", note);
  place.server.engine.on("initial_headers", (headers) => (headers["set-cookie"] = cookies));
  return { place, sent };
}

test("what the handshake sets goes along with all that follows", async (t) => {
  const cookies = ["a=1; Path=/; HttpOnly", "b=2; Max-Age=60", "c=x=y; Expires=Tue, 01 Jan 2999 00:00:00 GMT"];
  const { place, sent } = await baked(t, cookies);
  const { socket, peer } = await joined(place, { ...WAYS.upgrade, withCredentials: true });
  peer.on("echo", (done) => done());
  await socket.emitWithAck("echo");
  const [first, ...more] = sent;
  assert.deepEqual(first, ["GET", undefined]);
  assert.deepEqual([...new Set(more.map(([method]) => method))].sort(), ["GET", "POST", "WebSocket"]);
  for (const [method, cookie] of more) assert.equal(cookie, "a=1; b=2; c=x=y", method);
});

test("cookies that are over, and one that replaces another", async (t) => {
  const over = ["gone=1; Max-Age=0", "old=1; Expires=Thu, 01 Jan 1970 00:00:01 GMT"];
  const { place, sent } = await baked(t, [...over, "it=1", "it=2", "nothing"]);
  await joined(place, { ...WAYS.polling, withCredentials: true });
  await until(() => sent.length > 1);
  assert.equal(sent[1][1], "it=2");
});

test("without withCredentials there are none", async (t) => {
  const { place, sent } = await baked(t, ["a=1"]);
  await joined(place, WAYS.upgrade);
  for (const [method, cookie] of sent) assert.equal(cookie, undefined, method);
});

test("a cookie of the application's own goes first", async (t) => {
  const { place, sent } = await baked(t, ["a=1"]);
  await joined(place, { ...WAYS.polling, withCredentials: true, extraHeaders: { cookie: "mine=1" } });
  await until(() => sent.length > 1);
  for (const [, cookie] of sent) assert.equal(cookie, "mine=1");
});

test("each connection has a jar of its own (Q-22)", async (t) => {
  const { place, sent } = await baked(t, ["a=1"]);
  await joined(place, { ...WAYS.polling, withCredentials: true });
  sent.length = 0;
  await joined(place, { ...WAYS.polling, withCredentials: true });
  assert.ok(sent.some(([method, cookie]) => method === "GET" && cookie === undefined));
});
