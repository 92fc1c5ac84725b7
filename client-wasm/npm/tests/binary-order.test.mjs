// Events leave in the order they were emitted in, also behind a Blob that is still being read (ORD-1).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, turn, until, within } from "./lib/wait.mjs";

for (const [way, options] of Object.entries(WAYS)) {
  test(`text behind a Blob behind text, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t), options);
    const came = [];
    peer.onAny((event, value) => came.push([event, `${value}`]));
    socket.emit("1", "text");
    socket.emit("2", new Blob(["two"]));
    socket.emit("3", Buffer.from("three"));
    socket.emit("4", "text");
    socket.emit("5", [new File(["five"], "name"), new Blob(["5b"])]);
    socket.emit("6", "text");
    await until(() => came.length === 6);
    assert.deepEqual(came, [
      ["1", "text"],
      ["2", "two"],
      ["3", "three"],
      ["4", "text"],
      ["5", "five,5b"],
      ["6", "text"],
    ]);
  });

  test(`a Blob in an answer, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t), options);
    socket.on("ask", (answer) => {
      answer(new Blob(["answer"]), { deep: new File(["file"], "name") });
      socket.emit("after");
    });
    const order = [];
    peer.on("after", () => order.push("after"));
    peer.emit("ask", (...args) => order.push(args));
    await until(() => order.length === 2);
    assert.deepEqual(order, [[Buffer.from("answer"), { deep: Buffer.from("file") }], "after"]);
  });
}

test("events before, while and after it is upgraded", async (t) => {
  const place = await serve(t);
  const came = [];
  place.server.on("connection", (peer) => peer.on("number", (it, bytes) => came.push([it, bytes.length])));
  const socket = join(place, WAYS.upgrade);
  await heard(socket.io, "open");
  const upgraded = heard(socket.io.engine, "upgrade");
  let sent = 0;
  let isUpgraded = false;
  upgraded.then(() => (isUpgraded = true));
  for (let rest = 20; rest > 0; rest -= isUpgraded) {
    socket.emit("number", sent, Buffer.alloc(sent % 50));
    sent++;
    await turn();
  }
  await until(() => came.length === sent);
  assert.deepEqual(came, Array.from({ length: sent }, (_, at) => [at, at % 50]));
});

test("a Blob that cannot be read is reported, and what follows leaves", async (t) => {
  const { socket, peer } = await joined(await serve(t), WAYS.websocket);
  class Gone extends Blob {
    arrayBuffer() {
      return Promise.reject(new Error("the file is gone"));
    }
  }
  const reported = nextUncaught(t);
  const came = [];
  peer.onAny((event) => came.push(event));
  socket.emit("1");
  socket.emit("2", new Gone(["x"]));
  socket.emit("3");
  socket.emit("4", new Blob(["x"]));
  socket.emit("5");
  await until(() => came.length === 4);
  assert.deepEqual(came, ["1", "3", "4", "5"]);
  assert.equal((await reported).message, "the file is gone");
});

test("a Blob that is read when the connection is lost leaves over the next", async (t) => {
  const place = await serve(t);
  const { socket } = await joined(place, { ...WAYS.websocket, reconnectionDelay: 1 });
  let finish;
  class Slow extends Blob {
    arrayBuffer() {
      const read = super.arrayBuffer();
      return finish ? read : new Promise((resolve) => (finish = () => resolve(read)));
    }
  }
  socket.emit("slow", new Slow(["bytes"]));
  const gone = heard(socket, "disconnect");
  socket.io.engine.close();
  await gone;
  const came = within("event", (resolve) => place.server.on("connection", (peer) => peer.on("slow", resolve)));
  finish();
  assert.equal(`${await came}`, "bytes");
});

/** node:test takes an error that nobody caught for a failure of the test: here it is awaited. */
function nextUncaught(t) {
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  t.after(() => others.forEach((it) => process.on("uncaughtException", it)));
  return heard(process, "uncaughtException").then(([error]) => error);
}
