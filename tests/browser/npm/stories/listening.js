// Listeners: by name, to everything, to what leaves; and one that throws.
import { ask, ears, join } from "../page/ears.js";
import { holds, same } from "../page/expect.js";
import { until } from "../page/deadline.js";

export async function everything_that_comes(at) {
  const socket = await at.socket();
  const told = [];
  // Other stories speak to all; they say neither of these.
  const note = (...args) => ["echo", "private"].includes(args[0]) && told.push(args);
  socket.onAny(note);
  const echoes = ears(socket, "echo");
  socket.emit("echo", "one");
  socket.emit("private");
  socket.emit("echo", "two");
  await echoes.says("two");
  same(told, [["echo", "one"], ["private", "Only you get this"], ["echo", "two"]]);
  socket.offAny(note);
  await ask(socket, "echo", "three");
  same(told.length, 3, "what came while it listened");
}

/** Not when it is emitted, but when it leaves. */
export async function everything_that_leaves(at) {
  const socket = at.manager().socket("/");
  const told = [];
  socket.onAnyOutgoing((...args) => told.push(args));
  socket.emit("echo", "waits");
  same(told, []);
  await join(socket);
  same(told, [["echo", "waits"]]);
  socket.offAnyOutgoing();
  same(await ask(socket, "client-message", "asks"), { received: "asks" });
  same(told.length, 1, "what left while it listened");
}

export async function once_and_off(at) {
  const socket = await at.socket();
  const [first, all, none] = [[], ears(socket, "echo"), []];
  const unheard = (it) => none.push(it);
  socket.once("echo", (it) => first.push(it));
  socket.on("echo", unheard);
  socket.off("echo", unheard);
  for (let number = 0; number < 3; number++) socket.emit("echo", number);
  for (let number = 0; number < 3; number++) same(await all.next(), [number]);
  same([first, none], [[0], []]);
}

/** What it throws is the page's to report; everyone else hears what follows. */
export async function one_that_throws(at) {
  const socket = await at.settled();
  const echoes = ears(socket, "echo");
  const left = ears(socket, "disconnect");
  socket.on("echo", (it) => {
    if (it === "two") throw new Error("thrown on purpose");
  });
  for (const text of ["one", "two", "three"]) socket.emit("echo", text);
  for (const text of ["one", "two", "three"]) same(await echoes.next(), [text]);
  same(await ask(socket, "echo", "four"), "four");
  await until("the page has heard of it", () => at.thrown.length > 0);
  const thrown = at.thrown.splice(0);
  holds(thrown.length === 1 && thrown[0].includes("thrown on purpose"), `${thrown} is what was thrown`);
  same(left.heard, [], "what became of the connection");
}
