import assert from "node:assert/strict";
import { pattern } from "../scenarios/binary.mjs";
import { askAll, next } from "./harness.mjs";

export function binary(test) {
  test("bytes in any place come back", async (clients) => {
    const socket = await clients.connect();
    const args = [pattern(3), { list: [pattern(0), "between", { last: pattern(300) }] }, "end"];
    const echo = next(socket, "echo");
    assert.deepEqual(await askAll(socket, "echo", ...args), args);
    assert.deepEqual(await echo, args);
    assert.deepEqual(await askAll(socket, "binary-info", ...args), [
      { buffers: 3, shape: ["<3 bytes>", { list: ["<0 bytes>", "between", { last: "<300 bytes>" }] }, "end"] },
    ]);
  });

  test("the server sends bytes", async (clients) => {
    const socket = await clients.connect();
    const sent = next(socket, "binary");
    socket.emit("binary-send", 1000, 2);
    assert.deepEqual(await sent, [
      {
        name: "blob",
        data: pattern(1000),
        parts: [
          { index: 0, bytes: pattern(1000) },
          { index: 1, bytes: pattern(1000) },
        ],
      },
    ]);
    assert.deepEqual(await askAll(socket, "binary-ack", 7), [pattern(7), { size: 7 }]);
  });
}
