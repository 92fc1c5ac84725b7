// F020, F022: a polling body is UTF-8 and has a limit. One that is not, or is larger, ends the session.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { io } from "../dist/node.js";
import { heard } from "./lib/wait.mjs";

const HANDSHAKE = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}\x1e40{"sid":"b"}';

/** Joined to a server that answers the second GET with what `write` does. */
async function answered(t, write) {
  let polls = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.method === "POST") response.end("ok");
    else if (++polls === 1) response.end(HANDSHAKE);
    else if (polls === 2) write(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  const socket = io(url, { transports: ["polling"], upgrade: false, reconnection: false, forceNew: true });
  t.after(() => {
    socket.disconnect();
    server.closeAllConnections();
    server.close();
  });
  return socket;
}

test("a body without an end is not read to its end", async (t) => {
  let written = 0;
  const socket = await answered(t, (response) => {
    const piece = Buffer.alloc(1 << 20, "x");
    const more = () => {
      while (response.write(piece)) written += piece.length;
      written += piece.length;
    };
    response.on("drain", more);
    response.on("error", () => {});
    more();
  });
  const [reason, details] = await heard(socket, "disconnect");
  assert.equal(reason, "transport error");
  assert.equal(details.context.message, "the body is too large");
  assert.ok(written < 1 << 27, `${written} bytes were taken`);
});

test("text that is not UTF-8 is nothing to guess at", async (t) => {
  const socket = await answered(t, (response) => response.end(Buffer.from('42["bad","\xff\xfe"]', "latin1")));
  socket.onAny((event) => assert.fail(`heard ${event}`));
  const [reason] = await heard(socket, "disconnect");
  assert.equal(reason, "transport error");
});

test("a byte order mark is no packet's type", async (t) => {
  const socket = await answered(t, (response) => response.end('\ufeff42["bad"]'));
  socket.onAny((event) => assert.fail(`heard ${event}`));
  const [reason] = await heard(socket, "disconnect");
  assert.equal(reason, "transport error");
});

test("characters that are cut by the network's pieces are whole", async (t) => {
  const bytes = Buffer.from('42["whole","é€😀"]');
  const socket = await answered(t, async (response) => {
    for (const byte of bytes) await new Promise((next) => response.write(Buffer.of(byte), next));
    response.end();
  });
  assert.deepEqual(await heard(socket, "whole"), ["é€😀"]);
});
