// Answers, in both directions.
import { ask, ears } from "../page/ears.js";
import { fails, holds, same } from "../page/expect.js";
import { within } from "../page/deadline.js";

export async function the_server_answers(at) {
  const socket = await at.socket();
  same(await ask(socket, "client-message", "hi"), { received: "hi" });
  same((await ask(socket, "save-message", { text: "Hello" })).status, "ok");
  same(await ask(socket, "save-message", { text: "" }), { status: "error", error: "Text is required" });
  // A callback gets them all; a promise the first.
  const both = within("the answer", new Promise((resolve) => socket.emit("echo", 1, "a", (...args) => resolve(args))));
  same(await both, [1, "a"]);
  same(await ask(socket, "echo"), undefined, "an empty answer");
}

export async function in_any_order(at) {
  const socket = await at.socket();
  const came = [];
  const late = socket.emitWithAck("late-ack", 300, "late").then((it) => came.push(it));
  const soon = socket.emitWithAck("late-ack", 0, "soon").then((it) => came.push(it));
  await within("both answers", Promise.all([late, soon]));
  same(came, ["soon", "late"]);
}

/** A late answer is nobody's and harms nobody. */
export async function no_answer_in_time(at) {
  const socket = await at.settled();
  const error = await fails("nobody answers", socket.timeout(60).emitWithAck("never-ack"));
  same(error.message, "operation has timed out");
  const told = [];
  socket.timeout(60).emit("late-ack", 250, "late", (...args) => told.push(args));
  same(await ask(socket, "late-ack", 500, "later"), "later");
  same([told.length, told[0][0].message, told[0].length], [1, "operation has timed out", 1], "what the callback was told");
  same(await ask(socket, "echo", "fine"), "fine");
}

/** The first answer counts. */
export async function twice(at) {
  const socket = await at.socket();
  const told = [];
  socket.emit("double-ack", (...args) => told.push(args));
  await ask(socket, "whoami");
  same(told, [["first"]]);
}

export async function the_client_answers(at) {
  const socket = await at.socket();
  const answered = ears(socket, "question-answered");
  socket.on("question", (one, two, answer) => {
    answer(one + two, "sum");
    answer("again");
  });
  socket.emit("ask-me", 10_000, 40, 2);
  same(await answered.next(), [{ timedOut: false, args: [42, "sum"] }]);
}

export async function the_client_is_silent(at) {
  const socket = await at.socket();
  const [questions, answered] = [ears(socket, "question"), ears(socket, "question-answered")];
  socket.emit("ask-me", 40, "?");
  const [, answer] = await questions.next();
  same(await answered.next(), [{ timedOut: true, args: [] }]);
  // Too late for the server, but nothing that breaks.
  answer("late");
  await answered.quiet(socket);
}

export async function everyone_is_asked(at) {
  const sockets = await Promise.all([at.socket(), at.socket()]);
  for (const it of sockets) it.on("question", (...args) => args.pop()(it.id));
  const answered = ears(sockets[0], "everyone-answered");
  sockets[0].emit("ask-everyone", 500, "who?");
  // Other stories' clients are asked as well, and do not answer.
  const [{ answers }] = await answered.next();
  holds(sockets.every(({ id }) => answers.some(([it]) => it === id)), "both of ours answered");
}
