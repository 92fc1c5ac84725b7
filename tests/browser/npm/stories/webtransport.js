// What a session of WebTransport goes through that no other transport knows.
import { until, within } from "../page/deadline.js";
import { ask, ears, join } from "../page/ears.js";
import { holds, same } from "../page/expect.js";

const pattern = (size) => Uint8Array.from({ length: size }, (_, at) => at & 255);

/** Every length at which the header changes, and a mebibyte, as text and as bytes (P-120). */
export async function of_every_size(at) {
  const { url } = await at.ownServer({ maxPayload: 4 << 20 });
  const socket = await at.settled({}, url);
  // The event around a text of no letters is 11 characters long.
  for (const size of [1, 125, 126, 127, 65_535, 65_536, 65_537, 1 << 20].flatMap((it) => [it, Math.max(it - 11, 0)])) {
    const text = "x".repeat(size);
    holds((await ask(socket, "echo", text)) === text, `a text of ${size} comes back`);
    const bytes = pattern(Math.max(size, 1));
    const back = new Uint8Array(await ask(socket, "echo", bytes));
    holds(back.length === bytes.length && back.every((it, index) => it === (index & 255)), `${size} bytes come back`);
  }
}

/** A session that is closed takes along what was not delivered. The last word is, however near it is to the end (P-71). */
export async function the_last_word_arrives(at) {
  const admin = await at.join("/admin");
  const left = [];
  for (let number = 0; number < 20; number++) {
    const socket = await at.settled();
    left.push(socket.id);
    socket.disconnect();
  }
  let reasons;
  await until("the server has heard of all", async () => {
    const entries = new Map((await ask(admin, "disconnects")).map(({ id, reason }) => [id, reason]));
    reasons = left.map((id) => entries.get(id));
    return reasons.every(Boolean);
  });
  same(reasons, left.map(() => "client namespace disconnect"));
}
// In Firefox it does not from the reference, which closes the session at once.
the_last_word_arrives.clients = ["sockeye-client"];

/** What a server closes a session with is told. */
export async function closed_with_a_code_and_a_reason(at) {
  const server = await at.ownServer();
  const socket = await at.settled({}, server.url);
  const [left, back] = [ears(socket, "disconnect"), ears(socket, "connect")];
  await server.front.end("Cut");
  const [reason, details] = await left.next();
  same(reason, "transport close");
  if (at.isSockeye) {
    const { description, context } = details;
    same([description, context.closeCode, context.reason], ["webtransport connection closed", 7, "closed by the stage"]);
  }
  await back.next("the second connect");
  same(await ask(socket, "echo", "back"), "back");
}

/** A connection that breaks, with no word on the session. */
export async function lost(at) {
  const server = await at.ownServer();
  const socket = await at.settled({}, server.url);
  const [left, back] = [ears(socket, "disconnect"), ears(socket, "connect")];
  await server.front.end("Reset");
  const [reason, error] = await left.next();
  same([reason, error.message, error.type], ["transport error", "webtransport error", "TransportError"]);
  holds(error.description instanceof WebTransportError, "the browser's own error is there");
  await back.next("the second connect");
  same(await ask(socket, "echo", "back"), "back");
}

/** The server ends the one stream, and leaves the session open. The reference does not look, and waits for a ping. */
export async function the_stream_ends(at) {
  const server = await at.ownServer();
  const socket = await at.settled({}, server.url);
  const [left, back] = [ears(socket, "disconnect"), ears(socket, "connect")];
  await server.front.end("HalfClosed");
  same((await left.next())[0], "transport close");
  await back.next("the second connect");
  same(await ask(socket, "echo", "back"), "back");
}
the_stream_ends.clients = ["sockeye-client"];

/** The server's machine is gone: nobody says so, but what is sent finds nobody. */
export async function vanished(at) {
  const server = await at.ownServer({ heartbeat: [500, 500] });
  const socket = await at.settled({}, server.url);
  const [left, back] = [ears(socket, "disconnect"), ears(socket, "connect")];
  await server.front.vanish();
  const [reason] = await left.next();
  holds(["ping timeout", "transport error", "transport close"].includes(reason), `${reason} is a lost connection`);
  await server.front.up();
  await back.next("the second connect");
  same(await ask(socket, "echo", "back"), "back");
}

/** A server that does not read: what is sent waits with us, and volatile events are dropped, until it reads again. */
export async function nobody_reads(at) {
  const server = await at.ownServer();
  const proxy = await at.stage.proxy(server.port);
  const socket = await at.settled({}, proxy.url);
  const echoes = ears(socket, "echo");
  const numbers = Array.from({ length: 250 }, (_, number) => number);
  const bytes = new Uint8Array(100_000);
  await proxy.blackHole(true);
  const answers = numbers.map((number) => socket.emitWithAck("binary-info", number, bytes));
  const { transport } = socket.io.engine;
  // So much no buffer on the way takes: whoever asks is told to wait, however long.
  for (let turn = 0; turn < 50; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    same(transport.writable, false, "whether it may be written to");
  }
  socket.volatile.emit("echo", "dropped");
  await proxy.blackHole(false);
  const seen = await within("the answers", Promise.all(answers));
  same(seen.map(({ shape: [number] }) => number), numbers);
  await until("it may be written to", () => transport.writable);
  await echoes.quiet(socket);
  same(socket.io.engine.transport === transport, true, "whether it is the same session");
}

/** Let go of by hand, and taken up again with all that waits. */
export async function suspended(at) {
  const admin = await at.join("/admin");
  const socket = await at.settled();
  const { id } = socket;
  const left = ears(socket, "disconnect");
  socket.io.suspend();
  await left.next();
  await until("the server has heard of it", async () => (await ask(admin, "disconnects")).some((it) => it.id === id));
  const answer = socket.emitWithAck("echo", "kept");
  socket.io.resume();
  same(await within("the answer", answer), "kept");
}
suspended.clients = ["sockeye-client"];

/** Several on one page are sessions of their own: one ends, and the others go on. */
export async function beside_each_other(at) {
  const sockets = await Promise.all(Array.from({ length: 10 }, () => at.settled()));
  sockets[0].disconnect();
  for (const [number, it] of sockets.slice(1).entries()) same(await ask(it, "echo", number), number);
  await join(sockets[0]);
}

const stories = [
  of_every_size,
  the_last_word_arrives,
  closed_with_a_code_and_a_reason,
  lost,
  the_stream_ends,
  vanished,
  nobody_reads,
  suspended,
  beside_each_other,
];
for (const story of stories) story.ways = ["webtransport", "webtransport-upgrade"];
