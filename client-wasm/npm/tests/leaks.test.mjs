// A page that connects and leaves all day is where it was: nothing stays in the machine's memory, in the tables of
// handles, or on the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { source } from "./lib/source.mjs";
import { heard, turn, until } from "./lib/wait.mjs";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

const { held, io, Manager, memory } = await source(`
  import { core } from "./core";
  export { held } from "./core";
  export * from "./node";
  export const memory = () => (core() as any).memory.buffer.byteLength;
`);

/** What is still there when the collector has had its turns. */
async function settled(isSo) {
  await until(() => (gc(), isSo()), `end of ${isSo}`);
}

test("1,000 times connected and disconnected, each time by a manager of its own", async (t) => {
  const place = await serve(t);
  let warm;
  let heap;
  for (let round = 0; round < 1000; round++) {
    const socket = io(place.url, { forceNew: true, transports: [round % 2 ? "polling" : "websocket"] });
    await heard(socket, "connect");
    socket.timeout(60_000).emit("no answer", Buffer.alloc(round), () => {});
    socket.disconnect();
    if (round === 100) {
      await settled(() => held() === 0);
      warm = memory();
      heap = process.memoryUsage().heapUsed;
    }
  }
  await settled(() => held() === 0);
  assert.equal(memory(), warm);
  await settled(() => process.memoryUsage().heapUsed - heap < 4 << 20);
});

test("1,000 times connected and disconnected by one manager", async (t) => {
  const place = await serve(t);
  const { socket } = await joined(place, WAYS.websocket, { client: io });
  const warm = memory();
  for (let round = 0; round < 1000; round++) {
    socket.disconnect();
    await heard(socket.connect(), "connect");
  }
  socket.disconnect();
  await settled(() => held() === 0);
  assert.equal(memory(), warm);
});

test("100,000 events that are acknowledged", async (t) => {
  const place = await serve(t);
  const { socket, peer } = await joined(place, WAYS.websocket, { client: io });
  peer.on("echo", (value, answer) => answer(value));
  const began = held();
  const warm = memory();
  for (let batch = 0; batch < 100; batch++) {
    const all = Array.from({ length: 1000 }, (_, at) => socket.emitWithAck("echo", at % 10 ? at : Buffer.alloc(at)));
    assert.equal((await Promise.all(all))[999], 999);
  }
  assert.deepEqual(socket.acks, {});
  await settled(() => held() === began);
  // A thousand answers wait for at most one turn.
  assert.ok(memory() - warm <= 1 << 20, `${memory() - warm} bytes more`);
});

test("a manager that is forgotten while it waits for nothing is let go of", async (t) => {
  const place = await serve(t);
  await settled(() => held() === 0);
  let [asked, gone] = [0, 0];
  const registry = new FinalizationRegistry(() => gone++);
  const forget = async () => {
    asked++;
    // It stays active, so nothing says that it will not be opened again.
    const socket = io(place.url, { ...WAYS.websocket, forceNew: true, reconnection: false });
    registry.register(socket.io);
    await heard(socket, "connect");
    const lost = heard(socket, "disconnect");
    socket.io.engine.close();
    await lost;
  };
  const sizes = [];
  for (const count of [200, 400, 600]) {
    while (asked < count) await Promise.all(Array.from({ length: 20 }, forget));
    await settled(() => gone === count && held() === 0);
    // The machine's own registry may be asked behind the one above.
    await turn();
    sizes.push(memory());
  }
  // 400 machines that nobody frees take three times as much.
  assert.ok(sizes[2] - sizes[0] <= 1 << 17, `${sizes}`);
});

test("a manager whose session the server keeps comes back to it", async (t) => {
  const place = await serve(t, { connectionStateRecovery: {} });
  const { socket, peer } = await joined(place, { ...WAYS.websocket, reconnectionDelay: 60_000 }, { client: io });
  const came = heard(socket, "offset");
  peer.emit("offset");
  await came;
  const { id } = socket;
  const lost = heard(socket, "disconnect");
  peer.conn.close();
  await lost;
  socket.disconnect();
  await turn();
  await heard(socket.connect(), "connect");
  assert.equal(socket.id, id);
  assert.equal(socket.recovered, true);
});

test("an answer that comes when its machine is gone goes nowhere (Q-07)", async (t) => {
  const place = await serve(t);
  const { socket, peer } = await joined(place, WAYS.websocket, { client: io });
  const asked = heard(socket, "ask");
  peer.emit("ask", () => assert.fail("it was answered"));
  const [answer] = await asked;
  socket.disconnect();
  await until(() => !socket.io.$machine, "end of the machine");
  answer("late");
  const again = new Promise((resolve) => place.server.once("connection", resolve));
  await heard(socket.connect(), "connect");
  answer("later");
  const other = await again;
  other.on("echo", (value, done) => done(value));
  assert.equal(await socket.timeout(5000).emitWithAck("echo", 1), 1);
});

test("auth that is given when nobody waits for it any more", async (t) => {
  const place = await serve(t);
  let give;
  const socket = join(place, { ...WAYS.websocket, auth: (it) => (give = it) }, { client: io });
  await until(() => give);
  socket.disconnect();
  await until(() => !socket.io.$machine, "end of the machine");
  give({ token: "late" });
  socket.auth = {};
  await heard(socket.connect(), "connect");
});

test("what is set on a manager at rest counts when it opens", async (t) => {
  const place = await serve(t);
  const manager = new Manager(place.url, { autoConnect: false });
  manager.reconnectionDelay(7).timeout(3000)._close();
  assert.equal(manager.$machine, undefined);
  const socket = manager.socket("/");
  place.clients.push(socket);
  await heard(socket.connect(), "connect");
  assert.equal(manager.reconnectionDelay(), 7);
});
