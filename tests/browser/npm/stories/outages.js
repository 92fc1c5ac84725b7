// A server that dies, in every state of the connection, and comes back.
import { until, within } from "../page/deadline.js";
import { ask, ears, join } from "../page/ears.js";
import { fails, holds, same } from "../page/expect.js";

/** What an attempt that is cut off ends with. */
const BROKEN = { polling: "xhr poll error", websocket: "websocket error", webtransport: "webtransport error" };
const wasLost = ([reason]) => holds(["transport close", "transport error"].includes(reason), `${reason} is a lost transport`);

/** They arrive afterwards, in order, once. */
export async function emitted_during_an_outage(at) {
  const server = await at.ownServer();
  const socket = await at.settled({}, server.url);
  const [left, back, echoes] = ["disconnect", "connect", "echo"].map((it) => ears(socket, it));
  await server.kill();
  wasLost(await left.next());
  const answers = Array.from({ length: 100 }, (_, number) => socket.emitWithAck("echo", number));
  await server.restart();
  await back.next("the second connect");
  for (let number = 0; number < 100; number++) same(await echoes.next(), [number]);
  await within("the answers", Promise.all(answers));
  await echoes.quiet(socket);
}

/** What has left may have been heard or not; who asked is told that nobody knows. */
export async function with_answers_pending(at) {
  const server = await at.ownServer();
  const socket = await at.settled({}, server.url);
  const [left, back] = [ears(socket, "disconnect"), ears(socket, "connect")];
  const pending = Array.from({ length: 10 }, () => fails("it is gone", socket.emitWithAck("never-ack")));
  // The server has them all when it answers this.
  await ask(socket, "whoami");
  await server.kill();
  wasLost(await left.next());
  for (const error of await within("the errors", Promise.all(pending))) same(error.message, "socket has been disconnected");
  await server.restart();
  await back.next("the second connect");
  same(await ask(socket, "echo", "back"), "back");
}

export async function again_while_waiting(at) {
  const server = await at.ownServer();
  const socket = await at.settled({}, server.url);
  const [left, back, vain] = [ears(socket, "disconnect"), ears(socket, "connect"), ears(socket.io, "reconnect_error")];
  for (let round = 0; round < 3; round++) {
    await server.kill();
    await left.next();
    await vain.next("a vain attempt");
    await server.restart();
    await back.next("the connect after it");
    vain.heard.length = 0;
  }
  same(await ask(socket, "echo", "back"), "back");
}

/** The server takes the connection and dies before it says a word. */
export async function while_connecting(at) {
  const server = await at.ownServer();
  const proxy = await at.stage.proxy(server.port);
  await proxy.blackHole(true);
  const socket = at.manager({}, proxy.url).socket("/");
  const [errors, joined] = [ears(socket, "connect_error"), ears(socket, "connect")];
  socket.connect();
  await proxy.down();
  const [error] = await errors.next("the first attempt to fail");
  same([error.message, error.type], [BROKEN[at.first], "TransportError"]);
  holds(socket.active, "it goes on");
  await proxy.blackHole(false);
  await proxy.up();
  await joined.next("the connect");
  same(await ask(socket, "echo", "here"), "here");
}

/** A proxy that knows polling alone: that goes on, and who wants nothing else is told. */
export async function no_websocket_gets_through(at) {
  const server = await at.ownServer();
  const proxy = await at.stage.proxy(server.port);
  await proxy.door("Refused");
  const socket = at.manager({ reconnection: false }, proxy.url).socket("/");
  if (at.first !== "polling") {
    const error = await fails("only polling gets through", join(socket));
    same(error.message, BROKEN[at.first]);
    return;
  }
  let failed;
  const probe = new Promise((resolve) => (failed = resolve));
  socket.io.on("open", () => socket.io.engine.on("upgradeError", failed));
  await join(socket);
  if (at.last !== "polling") same((await within("the end of the probe", probe)).message.slice(0, 11), "probe error");
  same((await ask(socket, "whoami")).transport, "polling");
}

export async function as_often_as_allowed(at) {
  const server = await at.ownServer();
  const socket = await at.settled({ reconnectionAttempts: 2 }, server.url);
  const told = [];
  for (const event of ["reconnect_attempt", "reconnect_error", "reconnect_failed"]) {
    socket.io.on(event, (it) => told.push(typeof it === "number" ? `${event} ${it}` : event));
  }
  await server.kill();
  await until("the last of it is told", () => told.length >= 5);
  // The last attempt's own error comes last, as the reference has it (ORD-4, Q-17).
  const [error, failed] = ["reconnect_error", "reconnect_failed"];
  same(told, ["reconnect_attempt 1", error, "reconnect_attempt 2", failed, error]);
}

export async function several_namespaces(at) {
  const server = await at.ownServer();
  const manager = at.manager({}, server.url);
  const sockets = ["/", "/chat", "/dynamic-1"].map((it) => manager.socket(it));
  await Promise.all(sockets.map(join));
  const [left, back] = ["disconnect", "connect"].map((event) => sockets.map((it) => ears(it, event)));
  await server.restart();
  for (const it of left) wasLost(await it.next());
  for (const it of back) await it.next("the second connect");
  same(await ask(sockets[2], "where"), "/dynamic-1");
}

/** Something answers that is no Socket.IO server. */
export async function a_stranger(at) {
  const { url } = await at.stage.stranger("200 OK", "text/html", "<h1>It works!</h1>");
  const error = await fails("this is a web page", join(at.manager({ reconnection: false }, url).socket("/")));
  holds(error instanceof Error && error.message.length > 0, "the error says something");
}
