import assert from "node:assert/strict";
import { ask, collect, next } from "./harness.mjs";

export function traffic(test) {
  test("a burst arrives whole and in order", async (clients) => {
    const socket = await clients.connect();
    const ticks = collect(socket, "tick", 500);
    assert.equal(await ask(socket, "burst", 500), 500);
    assert.deepEqual((await ticks).flat(), Array.from({ length: 500 }, (_, index) => index + 1));
  });

  test("a flood of large events", async (clients) => {
    const socket = await clients.connect();
    const flood = collect(socket, "big", 8);
    socket.emit("flood", 8, 50_000);
    assert.deepEqual((await flood).map(([number, text]) => [number, text.length]), Array.from({ length: 8 }, (_, index) => [index + 1, 50_000]));
  });

  test("volatile events may be lost, never doubled or out of order", async (clients) => {
    const socket = await clients.connect();
    const seen = [];
    socket.on("volatile-tick", (number) => seen.push(number));
    await ask(socket, "volatile-burst", 50);
    assert.deepEqual(seen, [...new Set(seen)].sort((a, b) => a - b));
    assert.ok(seen.length <= 50);
  });

  test("too much is cut to the limits", async (clients) => {
    const socket = await clients.connect();
    assert.equal(await ask(socket, "volatile-burst", 1e15), 20_000);
    assert.equal(await ask(socket, "flood", 1, 1e13), 1);
    assert.equal(await ask(socket, "flood", 1e13, 5e6), 2);
    const sent = next(socket, "binary");
    socket.emit("binary-send", 1e7, 1e9);
    const [{ data, parts }] = await sent;
    assert.deepEqual([data.length, parts], [1e7, []]);
  });

  test("later", async (clients) => {
    const socket = await clients.connect();
    const late = next(socket, "late news");
    socket.emit("later", 20, "late news", 1, { two: 2 });
    assert.deepEqual(await late, [1, { two: 2 }]);
  });
}
