// Every way in which a connection ends, and what each side is told.
import { until } from "../page/deadline.js";
import { ask, ears, join } from "../page/ears.js";
import { fails, holds, same } from "../page/expect.js";

export async function by_the_server(at) {
  const socket = await at.socket();
  const left = ears(socket, "disconnect");
  const pending = fails("the server is gone", socket.emitWithAck("never-ack"));
  socket.emit("disconnect-me");
  same((await left.next())[0], "io server disconnect");
  same((await pending).message, "socket has been disconnected");
  holds(!socket.active, "it does not come back by itself");
  await join(socket);
  same(await ask(socket, "echo", "back"), "back");
}

/** What the server says before it leaves is heard. */
export async function the_last_word(at) {
  const socket = await at.socket();
  const told = [];
  socket.on("goodbye", (text) => told.push(text));
  const left = ears(socket, "disconnect");
  socket.on("disconnect", (reason) => told.push(reason));
  socket.emit("goodbye");
  await left.next();
  same(told, ["see you", "io server disconnect"]);
}

export async function hard_by_the_server(at) {
  const manager = at.manager();
  const sockets = [manager.socket("/"), manager.socket("/chat")];
  await Promise.all(sockets.map(join));
  const [closed, ...left] = [ears(manager, "close"), ...sockets.map((it) => ears(it, "disconnect"))];
  sockets[0].emit("disconnect-me-hard");
  for (const it of left) {
    const [reason] = await it.next();
    // The engine closes a session without waiting for what it writes.
    const isCut = at.last === "webtransport" && ["transport close", "transport error"].includes(reason);
    if (!isCut) same(reason, "io server disconnect");
  }
  await closed.next();
  await join(sockets[0]);
}

export async function by_the_client(at) {
  const socket = await at.settled();
  const [admin, { id }] = [await at.join("/admin"), socket];
  const left = ears(socket, "disconnect");
  const pending = fails("we are gone", socket.emitWithAck("never-ack"));
  socket.disconnect();
  same((await left.next())[0], "io client disconnect");
  same((await pending).message, "socket has been disconnected");
  same([socket.connected, socket.id], [false, undefined]);
  let seen;
  await until("the server has seen it", async () => (seen = (await ask(admin, "disconnects")).find((it) => it.id === id)));
  // The reference's last word over WebTransport is lost in Firefox, with the session (P-71).
  const mayBeLost = !at.isSockeye && at.last === "webtransport";
  if (!mayBeLost) same(seen.reason, at.isPython ? "client disconnect" : "client namespace disconnect");

  // At once, in one breath: a new session.
  await join(socket);
  socket.disconnect();
  await join(socket);
  holds(socket.id !== id, "the session is a new one");
  same(await ask(socket, "echo", "back"), "back");
}

export async function under_the_sockets(at) {
  const socket = await at.socket();
  const { id } = socket;
  const [left, back, again] = [ears(socket, "disconnect"), ears(socket, "connect"), ears(socket.io, "reconnect")];
  socket.io.engine.close();
  same((await left.next())[0], "forced close");
  holds(socket.active, "it comes back by itself");
  same(await again.next(), [1], "the number of the attempt");
  await back.next();
  holds(socket.id !== id, "the session is a new one");
}

/** With no word on any namespace. The Rust server has no way to do this. */
export async function engine_closed_by_the_server(at) {
  const socket = await at.settled();
  const [left, back] = [ears(socket, "disconnect"), ears(socket, "connect")];
  socket.emit("close-engine");
  const [reason] = await left.next();
  holds(["transport close", "transport error"].includes(reason), `${reason} is a lost transport`);
  await back.next("the second connect");
  same(await ask(socket, "echo", "back"), "back");
}
engine_closed_by_the_server.servers = ["Node484", "Python"];

/** Nothing comes any more, not even a close: the heartbeat finds out. */
export async function swallowed(at) {
  const server = await at.ownServer({ heartbeat: [500, 500] });
  const proxy = await at.stage.proxy(server.port);
  const socket = await at.settled({}, proxy.url);
  const [left, back] = [ears(socket, "disconnect"), ears(socket, "connect")];
  await proxy.blackHole(true);
  same((await left.next())[0], "ping timeout");
  await proxy.blackHole(false);
  // What was begun in the dark is cut off, and tried again.
  await proxy.down();
  await proxy.up();
  await back.next("the second connect");
  same(await ask(socket, "echo", "back"), "back");
}
