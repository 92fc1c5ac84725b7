// Connection state recovery: what was missed, and what cannot be found again.
import { unique } from "../page/deadline.js";
import { ask, ears } from "../page/ears.js";
import { holds, same } from "../page/expect.js";

/** The events of the outage are there when the connect is (P-104). */
export async function what_was_missed_comes_first(at) {
  const server = await at.ownServer({ recovery: 60_000 });
  const slow = { reconnectionDelay: 3000, randomizationFactor: 0 };
  const [socket, other] = await Promise.all([at.join("/recovery", slow, server.url), at.join("/recovery", {}, server.url)]);
  const room = unique("room");
  const missed = ears(socket, "missed");
  await ask(socket, "join", room);
  await ask(other, "publish", room, "seen");
  same((await missed.next())[0], "seen");
  const { id } = socket;

  const told = [];
  socket.on("missed", (text) => told.push(text));
  const back = ears(socket, "connect");
  socket.on("connect", () => told.push("connect"));
  socket.io.engine.close();
  for (const text of ["one", "two"]) await ask(other, "publish", room, text);
  await back.next("the second connect");
  same([socket.recovered, socket.id === id, told], [true, true, ["one", "two", "connect"]]);
  holds((await ask(socket, "state")).rooms.includes(room), "it is in its room");
}
what_was_missed_comes_first.servers = ["Node484"];

/** The server has forgotten: a new session, and it says so. */
export async function not_found(at) {
  const server = await at.ownServer({ recovery: 60_000 });
  const socket = await at.join("/recovery", {}, server.url);
  const { id } = socket;
  const back = ears(socket, "connect");
  await server.restart();
  await back.next("the second connect");
  same([socket.recovered, socket.id === id], [false, false]);
}
not_found.servers = ["Node484"];

export async function a_server_without_it(at) {
  const socket = await at.join("/recovery");
  holds(!socket.recovered, "nothing is recovered at first");
  const back = ears(socket, "connect");
  socket.io.engine.close();
  await back.next("the second connect");
  holds(!socket.recovered, "nothing is recovered");
  same((await ask(socket, "state")).recovered, false);
}
