import assert from "node:assert/strict";
import { ask, askAll, next, settled } from "./harness.mjs";

export function basics(test, kind) {
  test("connects and tells who it is", async (clients, mode) => {
    const socket = await clients.connect();
    assert.deepEqual(await ask(socket, "whoami"), {
      id: socket.id,
      transport: mode === "polling" ? "polling" : "websocket",
    });
  });

  test("answers hello", async (clients) => {
    const socket = await clients.connect();
    const answer = next(socket, "helloResponse");
    socket.emit("hello", "hi");
    assert.deepEqual(await answer, ["Hello from server 👋"]);
    assert.deepEqual(await ask(socket, "client-message", "Hello from the client!"), { received: "Hello from the client!" });
  });

  test("echoes every argument, as event and as ack", async (clients) => {
    const socket = await clients.connect();
    const args = [1, 2.5, "zwölf ✓", null, true, { deep: [{ er: [] }] }, []];
    const echo = next(socket, "echo");
    const answer = await askAll(socket, "echo", ...args);
    assert.deepEqual(answer, args);
    assert.deepEqual(await echo, args);
    assert.deepEqual(await askAll(socket, "echo"), []);
  });

  test("broadcasts to all and to all others", async (clients) => {
    const [one, two] = [await clients.connect(), await clients.connect()];
    for (const [event, heard, args] of [
      ["chat message", "chat message", ["to all"]],
      ["broadcast-all", "chatMessage", ["Message for everyone!"]],
      ["announcement", "announcement", ["Server is restarting in 5 minutes"]],
    ]) {
      const both = Promise.all([next(one, heard), next(two, heard)]);
      one.emit(event, ...args);
      assert.deepEqual(await both, [args, args]);
    }
    for (const [event, heard, given, args] of [
      ["broadcast-others", "chatMessage", ["Hello everyone!"], [{ user: one.id, text: "Hello everyone!" }]],
      ["msg", "msg", [], ["User joined"]],
      ["new user", "new user", [], ["Someone joined"]],
      ["user-joined", "user-joined", [], [`${one.id} joined the chat`]],
    ]) {
      const own = () => assert.fail(`${event} came back to its sender`);
      one.on(heard, own);
      const other = next(two, heard);
      one.emit(event, ...given);
      assert.deepEqual(await other, args);
      await settled(one);
      one.off(heard, own);
    }
  });

  test("sends to one", async (clients) => {
    const [one, two] = [await clients.connect(), await clients.connect()];
    const only = next(one, "private");
    one.emit("private");
    assert.deepEqual(await only, ["Only you get this"]);
    const direct = next(two, "direct-message");
    one.emit("direct-message", two.id, { text: "psst" });
    assert.deepEqual(await direct, [{ text: "psst" }, one.id]);
  });

  test("error is an event like any other", async (clients) => {
    const socket = await clients.connect();
    const told = next(socket, "error");
    socket.emit("server-error", "something broke");
    assert.deepEqual(await told, [{ message: "something broke" }]);
    const refused = next(socket, "error");
    socket.emit("forbidden");
    assert.deepEqual(await refused, [{ message: "Forbidden" }]);
    if (kind !== "socketioxide") {
      const malformed = next(socket, "error");
      socket.emit("multi-room", 5);
      assert.match((await malformed)[0].message, /^multi-room: /);
    }
    await settled(socket);
  });
}
