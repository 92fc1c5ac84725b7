import assert from "node:assert/strict";
import { ask, next, settled, within } from "./harness.mjs";

export function chat(test) {
  test("the chat application", async (clients) => {
    const [alice, bob] = [await clients.connect(), await clients.connect()];
    const names = { alice: `Alice ${alice.id}`, bob: `Bob ${bob.id}` };

    assert.deepEqual(await ask(alice, "chat-message", { text: "too early" }), { error: "Not authenticated" });

    let list = listWith(bob, names.alice, true);
    let system = next(bob, "system-message");
    assert.deepEqual(await ask(alice, "user-join", names.alice), { status: "ok" });
    const entry = (await list).find(({ username }) => username === names.alice);
    assert.equal(new Date(entry.joinedAt).toISOString(), entry.joinedAt);
    assert.equal((await system)[0].text, `${names.alice} joined the chat`);
    await ask(bob, "user-join", names.bob);

    const seen = Promise.all([next(alice, "chat-message"), next(bob, "chat-message")]);
    const answer = await ask(alice, "chat-message", { text: "Hello everyone!" });
    const [[own], [other]] = await seen;
    assert.deepEqual(own, other);
    assert.deepEqual(answer, { status: "ok", id: own.id });
    assert.equal(own.user, names.alice);
    assert.equal(own.text, "Hello everyone!");
    assert.ok(Math.abs(Date.now() - own.timestamp) < 60_000);
    alice.emit("chat-message", { text: "no ack asked" });

    alice.on("user-typing", () => assert.fail("only others are told"));
    const typing = next(bob, "user-typing");
    alice.emit("typing");
    assert.deepEqual(await typing, [names.alice]);
    const stopped = next(bob, "user-stopped-typing");
    alice.emit("stop-typing");
    assert.deepEqual(await stopped, [names.alice]);
    await settled(alice);

    list = listWith(alice, names.bob, false);
    system = next(alice, "system-message");
    assert.deepEqual(await ask(bob, "leave"), { status: "ok" });
    await list;
    assert.equal((await system)[0].text, `${names.bob} left the chat`);

    list = listWith(bob, names.alice, false);
    system = next(bob, "system-message");
    alice.disconnect();
    await list;
    assert.equal((await system)[0].text, `${names.alice} left the chat`);
  });
}

/** Resolves to the first "user-list" in which `username` is, or is not. */
function listWith(socket, username, present) {
  const found = new Promise((resolve) => {
    const listener = (users) => {
      if (users.some((user) => user.username === username) !== present) return;
      socket.off("user-list", listener);
      resolve(users);
    };
    socket.on("user-list", listener);
  });
  return within(found, `a user-list with${present ? "" : "out"} ${username}`);
}
