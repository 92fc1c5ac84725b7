import assert from "node:assert/strict";
import { ask, askAll, next, settled } from "./harness.mjs";

export function acks(test) {
  test("save-message answers ok and error", async (clients) => {
    const socket = await clients.connect();
    const saved = await ask(socket, "save-message", { text: "Hello" });
    assert.equal(saved.status, "ok");
    assert.equal(typeof saved.id, "number");
    for (const wrong of [{ text: "" }, {}, "Hello"]) {
      assert.deepEqual(await ask(socket, "save-message", wrong), { status: "error", error: "Text is required" });
    }
  });

  test("late, never and twice", async (clients) => {
    const socket = await clients.connect();
    assert.deepEqual(await askAll(socket, "late-ack", 20, "a", { b: 1 }), ["a", { b: 1 }]);
    await assert.rejects(socket.timeout(50).emitWithAck("late-ack", 400, "late"), /timed out/);
    await assert.rejects(socket.timeout(50).emitWithAck("never-ack"), /timed out/);
    const answers = [];
    socket.emit("double-ack", (answer) => answers.push(answer));
    await settled(socket);
    assert.deepEqual(answers, ["first"]);
  });

  test("the server asks", async (clients) => {
    const socket = await clients.connect();
    socket.once("question", (one, two, answer) => answer(one + two, "sum"));
    let told = next(socket, "question-answered");
    socket.emit("ask-me", 2000, 40, 2);
    assert.deepEqual(await told, [{ timedOut: false, args: [42, "sum"] }]);

    socket.once("question", () => {});
    told = next(socket, "question-answered");
    socket.emit("ask-me", 50, "?");
    assert.deepEqual(await told, [{ timedOut: true, args: [] }]);
  });

  test("the server asks everyone", async (clients) => {
    const [one, two] = [await clients.connect(), await clients.connect()];
    one.on("question", (_question, answer) => answer(one.id));
    two.on("question", (_question, answer) => answer(two.id));
    const told = next(one, "everyone-answered");
    one.emit("ask-everyone", 300, "who?");
    const [{ answers }] = await told;
    const ids = answers.flat();
    assert.ok(ids.includes(one.id) && ids.includes(two.id));
  });
}
