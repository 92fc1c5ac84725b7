// Connecting, and being heard: by oneself, by others, by all.
import { unique } from "../page/deadline.js";
import { ask, ears, join } from "../page/ears.js";
import { holds, same } from "../page/expect.js";

export async function connects_and_has_an_id(at) {
  const socket = at.manager().socket("/");
  same([socket.connected, socket.active, socket.id], [false, false, undefined], "a socket before its connect");
  await join(socket);
  same([socket.connected, socket.active, socket.disconnected], [true, true, false], "a joined socket");
  same((await ask(socket, "whoami")).id, socket.id, "the id that the server knows");
}

export async function hello(at) {
  const socket = await at.socket();
  const replies = ears(socket, "helloResponse");
  socket.emit("hello", "Hi");
  same(await replies.next(), ["Hello from server 👋"]);
}

export async function the_transport_it_stays_on(at) {
  const socket = await at.settled();
  same((await ask(socket, "whoami")).transport, at.last, "what the server sees");
  same(socket.io.engine.transport.name, at.last, "what the page sees");
}

/** What JSON can say arrives as it was said, in one piece and in order. */
export async function echo(at) {
  const socket = await at.socket();
  const echoes = ears(socket, "echo");
  const values = [null, true, -1, 0.5, "", "\x1e", '"\\\n\u2028', "🦀", [], [[]], {}, { "": { a: [1] } }];
  for (const value of values) socket.emit("echo", value);
  for (const value of values) same(await echoes.next(), [value], "the echo");
  socket.emit("echo", 1, "two", [3]);
  same(await echoes.next(), [1, "two", [3]], "several arguments");
  socket.emit("echo");
  same(await echoes.next(), [], "no arguments");
}

export async function to_all_and_to_others(at) {
  const sockets = await Promise.all([at.socket(), at.socket(), at.socket()]);
  const [mine, ...others] = sockets.map((it) => ears(it, "chatMessage"));
  const toAll = unique("to all");
  sockets[0].emit("broadcast-all", toAll);
  for (const it of [mine, ...others]) await it.says(toAll);

  const [toOthers, after] = [unique("to others"), unique("after")];
  sockets[0].emit("broadcast-others", toOthers);
  sockets[0].emit("broadcast-all", after);
  for (const it of others) await it.says({ user: sockets[0].id, text: toOthers });
  // Mine would have come before what was sent after it.
  await mine.until("what was sent after", (it) => {
    holds(it.text !== toOthers, "who speaks to others does not hear it");
    return it === after;
  });
}

export async function to_one(at) {
  const [one, two, three] = await Promise.all([at.socket(), at.socket(), at.socket()]);
  const [heard, overheard] = [ears(two, "direct-message"), ears(three, "direct-message")];
  one.emit("direct-message", two.id, { secret: 7 });
  same(await heard.next(), [{ secret: 7 }, one.id]);
  one.emit("direct-message", three.id, "yours");
  same((await overheard.next())[0], "yours", "the first that the third hears");
}

/** Since version 3 `error` is a name like any other (P-82). */
export async function error_is_an_event(at) {
  const socket = await at.socket();
  const errors = ears(socket, "error");
  socket.emit("server-error", "no coffee");
  same(await errors.next(), [{ message: "no coffee" }]);
  socket.emit("forbidden");
  same(await errors.next(), [{ message: "Forbidden" }]);
  holds(socket.connected, "an event named error ends nothing");
}
