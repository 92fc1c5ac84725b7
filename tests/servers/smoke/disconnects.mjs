import assert from "node:assert/strict";
import { ask, next } from "./harness.mjs";

export function disconnects(test, kind) {
  test("the server disconnects a socket", async (clients) => {
    const socket = await clients.connect();
    const admin = socket.io.socket("/admin");
    await next(admin.connect(), "connect");
    const gone = next(socket, "disconnect");
    socket.emit("disconnect-me");
    assert.equal((await gone)[0], "io server disconnect");
    assert.equal(admin.connected, true, "the other namespace stays");
    assert.ok(Array.isArray(await ask(admin, "disconnects")));
  });

  test("the server disconnects hard", async (clients) => {
    const socket = await clients.connect();
    const admin = socket.io.socket("/admin");
    await next(admin.connect(), "connect");
    const both = Promise.all([next(socket, "disconnect"), next(admin, "disconnect")]);
    socket.emit("disconnect-me-hard");
    const reasons = (await both).map(([reason]) => reason);
    assert.deepEqual(reasons, ["io server disconnect", "io server disconnect"]);
  });

  if (kind === "node") {
    test("the server closes the engine", async (clients) => {
      const socket = await clients.connect();
      const gone = next(socket, "disconnect");
      socket.emit("close-engine");
      assert.equal((await gone)[0], "transport close");
    });
  }

  test("the last word arrives before the end", async (clients) => {
    const socket = await clients.connect();
    const order = [];
    socket.on("goodbye", (word) => order.push(word));
    const gone = next(socket, "disconnect").then(([reason]) => order.push(reason));
    socket.emit("goodbye");
    await gone;
    assert.deepEqual(order, ["see you", "io server disconnect"]);
  });

  test("the server knows why a client left", async (clients) => {
    const [socket, admin] = [await clients.connect(), await clients.connect("/admin")];
    const left = async (id) => {
      for (;;) {
        const entry = (await ask(admin, "disconnects")).find((each) => each.id === id);
        if (entry) return entry.reason;
      }
    };
    const { id } = socket;
    socket.disconnect();
    assert.match(await left(id), /client/);
  });
}
