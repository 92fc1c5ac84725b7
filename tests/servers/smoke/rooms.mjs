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
