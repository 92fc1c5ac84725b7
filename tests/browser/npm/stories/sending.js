// Sending when it does not go at once: before the connection, again, one at a time, or not at all.
import { ask, ears, join } from "../page/ears.js";
import { fails, same } from "../page/expect.js";
import { until, within } from "../page/deadline.js";

export async function waits_for_the_connection_in_order(at) {
  const socket = at.manager().socket("/");
  const echoes = ears(socket, "echo");
  for (let number = 0; number < 300; number++) socket.emit("echo", number);
  const answer = socket.emitWithAck("client-message", "early");
  same(socket.sendBuffer.length, 301, "what waits");
  await join(socket);
  socket.emit("echo", 300);
  for (let number = 0; number <= 300; number++) same(await echoes.next(), [number]);
  same(await within("the answer", answer), { received: "early" });
  same(socket.sendBuffer.length, 0, "what still waits");
}

/** Dropped where it cannot leave at once. */
export async function volatile(at) {
  const socket = at.manager().socket("/");
  const echoes = ears(socket, "echo");
  socket.volatile.emit("echo", "dropped");
  same(socket.sendBuffer.length, 0, "what waits");
  await join(socket);
  await echoes.quiet(socket);
  // Over polling, what was asked may still be on its way; then this one is dropped as well.
  await until("a volatile event to come back", () => {
    socket.volatile.emit("echo", "sent");
    return echoes.heard.length > 0;
  });
  same(await echoes.next(), ["sent"]);
}

/** The server may lose some of these, or all while it has no poll to answer, but not their order. */
export async function volatile_from_the_server(at) {
  const socket = await at.settled();
  const ticks = ears(socket, "volatile-tick");
  await until("some to come", async () => {
    await ask(socket, "volatile-burst", 100);
    await ask(socket, "whoami");
    return ticks.heard.length > 0;
  });
  const numbers = ticks.heard.map(([it]) => it);
  same(numbers, [...numbers].sort((one, other) => one - other), "the order");
}

/** Retries: one more send for each, then the error; the queue moves on after the head was given up (F116). */
export async function again_and_again(at) {
  const socket = await at.settled({ retries: 2, ackTimeout: 500 });
  const leaving = [];
  socket.onAnyOutgoing((event) => leaving.push(event));
  const never = within("the end of all tries", fails("nobody answers", socket.emitWithAck("never-ack")));
  const next = within("the next answer", socket.emitWithAck("client-message", "next"));
  same((await never).message, "operation has timed out");
  same(await next, { received: "next" });
  same(leaving, ["never-ack", "never-ack", "never-ack", "client-message"]);
}

/** With retries only one event is under way, so that order is kept whatever happens. */
export async function one_at_a_time(at) {
  const options = { retries: 3, ackTimeout: 10_000 };
  const socket = at.manager(options).socket("/", options);
  const echoes = ears(socket, "echo");
  for (let number = 0; number < 30; number++) socket.emit("echo", number);
  await join(socket);
  for (let number = 0; number < 30; number++) same(await echoes.next(), [number]);
}

export async function reserved_names(at) {
  const socket = await at.socket();
  for (const name of ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]) {
    const error = await fails(name, () => socket.emit(name));
    same(error.message, `"${name}" is a reserved event name`);
  }
  // Names like any other, also if JavaScript has plans with them.
  same(await ask(socket, "echo", "__proto__"), "__proto__");
}
