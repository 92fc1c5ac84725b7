import assert from "node:assert/strict";
import { ask, next, settled } from "./harness.mjs";

export function namespaces(test, kind) {
  test("/chat is a world of its own", async (clients) => {
    const [one, two] = [await clients.connect("/chat"), await clients.connect("/chat")];
    const outside = await clients.connect();
    outside.on("message", () => assert.fail("not in /chat"));
    const both = Promise.all([next(one, "message"), next(two, "message")]);
    one.emit("message", "Chat message");
    assert.deepEqual(await both, [["Chat message"], ["Chat message"]]);
    await settled(outside);
  });

  test("/secure lets in who has a token", async (clients) => {
    for (const token of ["mysecrettoken", "secret", "123"]) {
      const socket = await clients.connect("/secure", { auth: { token } });
      assert.equal(await ask(socket, "secret"), "the cake is a lie");
    }
    const data = (code, retry) => (kind === "socketioxide" ? undefined : { code, retry });
    await assert.rejects(clients.connect("/secure"), { message: "Unauthorized", data: data("no_token", false) });
    await assert.rejects(clients.connect("/secure", { auth: { token: "wrong" } }), {
      message: "Unauthorized",
      data: data("bad_token", true),
    });
    // Of a refusal that is a bare text the official client reads nothing.
    const nowhere = kind === "python" ? "" : "Invalid namespace";
    await assert.rejects(clients.connect("/nowhere"), { message: nowhere });
  });

  test("/slow takes its time", async (clients) => {
    const start = performance.now();
    const socket = await clients.connect("/slow", { auth: { delay: 100 } });
    assert.ok(performance.now() - start >= 95);
    assert.equal(await ask(socket, "ready"), true);
  });

  test("/handshake repeats it", async (clients) => {
    const socket = await clients.connect("/handshake", {
      auth: { user: "alice", deep: { n: 1 } },
      query: { room: "one two" },
      extraHeaders: { "x-test": "yes" },
    });
    const handshake = await ask(socket, "handshake");
    assert.deepEqual(handshake.auth, { user: "alice", deep: { n: 1 } });
    assert.equal(handshake.query.room, "one two");
    assert.equal(handshake.query.EIO, "4");
    assert.equal(handshake.headers["x-test"], "yes");
    assert.match(handshake.url, /^\/socket\.io\/\?/);
    const bare = await clients.connect("/handshake");
    assert.deepEqual((await ask(bare, "handshake")).auth, {});
  });

  test("/dynamic-<n> comes when called", async (clients) => {
    const [seven, eight] = [await clients.connect("/dynamic-7"), await clients.connect("/dynamic-8")];
    assert.equal(await ask(seven, "where"), "/dynamic-7");
    eight.on("message", () => assert.fail("another namespace"));
    const message = next(seven, "message");
    seven.emit("message", "seven only");
    assert.deepEqual(await message, ["seven only"]);
    assert.equal(await ask(eight, "where"), "/dynamic-8");
  });

  test("/admin acts on the main namespace", async (clients) => {
    const [socket, admin] = [await clients.connect(), await clients.connect("/admin")];
    assert.ok((await ask(admin, "count")) >= 1);
    const announcement = next(socket, "admin-announcement");
    assert.equal(await ask(admin, "announce", "maintenance"), true);
    assert.deepEqual(await announcement, ["maintenance"]);
    const gone = next(socket, "disconnect");
    assert.equal(await ask(admin, "kick", socket.id), true);
    assert.equal((await gone)[0], "io server disconnect");
    assert.equal(await ask(admin, "kick", "nobody"), false);
  });

  test("/tutorial has the snippets with names taken elsewhere", async (clients) => {
    const manager = clients.manager();
    const one = manager.socket("/tutorial");
    const [welcome] = await next(one.connect(), "welcome");
    assert.equal(welcome.message, "Welcome to the chat!");
    assert.ok(welcome.onlineUsers >= 1);
    const two = await clients.connect("/tutorial");

    const plain = next(one, "new-chat-message");
    two.emit("chat-message", "text");
    assert.deepEqual(await plain, ["text"]);
    const rich = next(one, "chat-message");
    two.emit("chat-message", { user: "Alice", text: "Hello everyone!" });
    const [{ timestamp, ...message }] = await rich;
    assert.deepEqual(message, { user: "Alice", text: "Hello everyone!" });
    assert.equal(typeof timestamp, "number");
    for (const [event, heard] of [["typing", "user-typing"], ["stop-typing", "user-stopped-typing"]]) {
      const told = next(one, heard);
      two.emit(event, "Alice");
      assert.deepEqual(await told, ["Alice"]);
    }
  });
}
