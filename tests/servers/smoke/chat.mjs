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

  test("a room of the chat, one person, and an image", async (clients) => {
    const people = [await clients.connect(), await clients.connect(), await clients.connect()];
    const [alice, bob, eve] = people;
    const room = `fish ${alice.id}`;
    assert.deepEqual(await ask(alice, "room-join", room), { error: "Not authenticated" });
    assert.deepEqual(await ask(alice, "user-join", " "), { error: "The name is empty" });
    const told = "The name has 41 characters; choose one of at most 40";
    assert.deepEqual(await ask(alice, "user-join", "é".repeat(41)), { error: told });
    for (const [index, it] of people.entries()) await ask(it, "user-join", ` n${index} `);
    eve.on("chat-message", () => assert.fail("this is not for her"));

    assert.deepEqual(await ask(bob, "room-join", "a\nb"), { error: "The name of the room holds control characters" });
    assert.deepEqual(await ask(bob, "room-join", room), { status: "ok", rooms: [room] });
    const joined = next(bob, "system-message");
    await ask(alice, "room-join", room);
    const [{ text, room: where }] = await joined;
    assert.deepEqual({ text, where }, { text: `n0 joined #${room}`, where: room });
    let heard = Promise.all([next(alice, "chat-message"), next(bob, "chat-message")]);
    assert.equal((await ask(alice, "chat-message", { text: "in here", room })).status, "ok");
    for (const [message] of await heard) assert.deepEqual([message.text, message.room], ["in here", room]);
    assert.deepEqual(await ask(eve, "chat-message", { text: "?", room }), { error: `You are not in the room ${room}` });

    heard = Promise.all([next(alice, "chat-message"), next(bob, "chat-message")]);
    await ask(alice, "chat-message", { text: "you alone", to: bob.id });
    for (const [message] of await heard) {
      assert.deepEqual([message.user, message.from, message.to], ["n0", alice.id, { id: bob.id, username: "n1" }]);
    }
    const gone = { error: "This person is not here any more" };
    assert.deepEqual(await ask(alice, "chat-message", { text: "?", to: "nobody" }), gone);

    const image = { name: "dot.png", type: "image/png", bytes: Buffer.from([137, 80, 78, 71]) };
    const seen = next(bob, "chat-message");
    assert.equal((await ask(alice, "chat-message", { image, room })).status, "ok");
    assert.deepEqual((await seen)[0].image, image);
    for (const [wrong, problem] of [
      [{ ...image, bytes: Buffer.alloc(700_001) }, "The image has 700001 bytes; 700000 are allowed"],
      [{ ...image, bytes: "text" }, "The image is not binary"],
      [{ ...image, type: "image/svg+xml" }, "The image has to be one of image/png, image/jpeg, image/gif, image/webp"],
      [{ ...image, name: "n".repeat(201) }, "The name of the image is too long"],
    ]) {
      assert.deepEqual(await ask(alice, "chat-message", { image: wrong, room }), { error: problem });
    }
    assert.deepEqual(await ask(bob, "room-leave", room), { status: "ok", rooms: [] });
    assert.deepEqual(await ask(bob, "chat-message", { text: "?", room }), { error: `You are not in the room ${room}` });
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
