import assert from "node:assert/strict";
import { ask, collect, next, settled } from "./harness.mjs";

export function rooms(test) {
  test("joins, tells the room and leaves", async (clients) => {
    const [one, two] = [await clients.connect(), await clients.connect()];
    const room = `room-${one.id}`;
    assert.deepEqual(await ask(one, "joinRoom", room), { rooms: [room] });

    const joined = collect(one, "roomMessage", 1);
    assert.deepEqual(await ask(two, "joinRoom", room), { rooms: [room] });
    assert.deepEqual(await joined, [[`${two.id} joined ${room}`]]);

    const both = Promise.all([next(one, "roomMessage"), next(two, "roomMessage")]);
    one.emit("roomMessage", room, "Hello room1!");
    assert.deepEqual(await both, [["Hello room1!"], ["Hello room1!"]]);

    const spaced = next(two, "room message");
    one.emit("room message", room, "Hello Room 1");
    assert.deepEqual(await spaced, ["Hello Room 1"]);

    const chat = next(two, "chatMessage");
    one.emit("chatMessage", { room, message: "hi" });
    assert.deepEqual(await chat, [{ user: one.id, text: "hi" }]);

    one.once("room-event", () => assert.fail("the sender is not among the others"));
    const others = next(two, "room-event");
    one.emit("room-event", room, { n: 1 });
    assert.deepEqual(await others, [{ n: 1 }]);
    await settled(one);

    const left = next(one, "roomMessage");
    assert.deepEqual(await ask(two, "leaveRoom", room), { rooms: [] });
    assert.deepEqual(await left, [`${two.id} left ${room}`]);
    assert.deepEqual(await ask(two, "rooms"), []);
  });

  test("a room is none of the chat, and no socket", async (clients) => {
    const [ann, bob, eve] = [await clients.connect(), await clients.connect(), await clients.connect()];
    await ask(ann, "user-join", "ann");
    await ask(bob, "user-join", "bob");
    await ask(ann, "room-join", "fish");
    for (const room of [ann.id, bob.id, "#fish", "fish"]) {
      assert((await ask(eve, "joinRoom", room)).rooms.includes(room));
      await ask(eve, "join-team-room", room);
    }
    const overheard = [];
    eve.on("direct-message", (...args) => overheard.push(args));
    eve.on("chat-message", ({ text }) => overheard.push(text));
    const direct = next(bob, "direct-message");
    ann.emit("direct-message", bob.id, "for bob");
    assert.deepEqual(await direct, ["for bob", ann.id]);
    await ask(ann, "chat-message", { text: "for bob", to: bob.id });
    await ask(ann, "chat-message", { text: "for the room", room: "fish" });
    await ask(ann, "chat-message", { text: "for all" });
    await settled(eve);
    assert.deepEqual(overheard, ["for all"]);
  });

  test("a name that cannot be is refused with a reason", async (clients) => {
    const one = await clients.connect();
    for (const [name, why] of [
      ["  ", "The name of the room is empty"],
      ["é".repeat(41), "The name of the room has 41 characters; choose one of at most 40"],
      ["a\u0001b", "The name of the room holds control characters"],
      [{ room: "x" }, "The name of the room is no text"],
    ]) {
      for (const event of ["joinRoom", "join-team-room"]) assert.deepEqual(await ask(one, event, name), { error: why });
    }
    for (let room = 0; room < 20; room++) await ask(one, "joinRoom", `room ${room}`);
    const full = { error: "You are in 20 rooms: leave one first" };
    assert.deepEqual(await ask(one, "joinRoom", "one more"), full);
    assert.deepEqual(await ask(one, "join-team-room", "one more"), full);
    assert.equal((await ask(one, "joinRoom", "room 7")).rooms.length, 20);
    assert.equal((await ask(one, "leaveRoom", "room 7")).rooms.length, 19);
    assert((await ask(one, "joinRoom", " one more ")).rooms.includes("one more"));
  });

  test("several rooms reach each socket once", async (clients) => {
    const [one, two, three] = [await clients.connect(), await clients.connect(), await clients.connect()];
    const [a, b] = [`a-${one.id}`, `b-${one.id}`];
    await ask(one, "joinRoom", a);
    await ask(one, "joinRoom", b);
    await ask(two, "joinRoom", b);
    let heard = 0;
    one.on("multi-room", () => heard++);
    three.on("multi-room", () => assert.fail("not in any room"));
    const second = next(two, "multi-room");
    three.emit("multi-room", [a, b], "both");
    assert.deepEqual(await second, ["both"]);
    await Promise.all([settled(one), settled(three)]);
    assert.equal(heard, 1);
  });

  test("sports rooms", async (clients) => {
    const [fan, other] = [await clients.connect(), await clients.connect()];
    const team = `team-red-${fan.id}`;
    const welcome = next(fan, "welcome-message");
    assert.deepEqual(await ask(fan, "join-team-room", team), { joined: team });
    assert.deepEqual(await welcome, [`Welcome to the ${team} fan club!`]);
    other.on("score-update", () => assert.fail("not a fan"));
    const score = next(fan, "score-update");
    assert.deepEqual(await ask(other, "send-score-update", team, "Red: 1, Blue: 0"), { sent: true });
    assert.deepEqual(await score, ["Red: 1, Blue: 0"]);
  });
}
