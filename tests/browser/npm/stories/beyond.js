// What the reference does not have.
import { within } from "../page/deadline.js";
import { ask, ears, join } from "../page/ears.js";
import { fails, same } from "../page/expect.js";

export async function a_state_that_can_be_watched(at) {
  const server = await at.ownServer();
  const manager = at.manager({}, server.url);
  const states = [];
  const back = ears(manager, "reconnect");
  manager.on("state", ({ state }) => state !== states.at(-1) && states.push(state));
  const socket = manager.socket("/");
  same([manager.state, socket.state], ["idle", "idle"]);
  await join(socket);
  same([manager.state, socket.state], ["connected", "connected"]);
  await server.restart();
  await back.next();
  const [first, ...others] = states;
  same([first, others.includes("reconnecting"), others.at(-1)], ["connecting", true, "connected"], states.join());
}

export async function drained(at) {
  const socket = await at.socket();
  const answers = Array.from({ length: 50 }, (_, number) => socket.emitWithAck("echo", number));
  const draining = socket.io.drain({ timeout: 10_000 });
  const error = await fails("it takes nothing new", () => socket.emit("echo", "late"));
  same(error.code, "draining");
  same(await within("the end of draining", draining), true);
  same((await within("the answers", Promise.all(answers))).length, 50);
  same(socket.connected, false);
}

export async function events_one_after_the_other(at) {
  const socket = await at.socket();
  const numbers = [];
  socket.emit("burst", 100);
  await within("a hundred ticks", (async () => {
    for await (const [number] of socket.events("tick")) {
      numbers.push(number);
      if (number === 100) break;
    }
  })());
  same([numbers.length, numbers[0], numbers[99]], [100, 1, 100]);
  same(socket.listeners("tick").length, 0, "who still listens");
}

export async function a_signal_that_ends_it(at) {
  const socket = await at.socket();
  const [heard, listening, asking] = [[], new AbortController(), new AbortController()];
  socket.on("echo", (it) => heard.push(it), { signal: listening.signal });
  await ask(socket, "echo", 1);
  listening.abort();
  const asked = fails("it is given up", socket.emitWithAck("never-ack", { signal: asking.signal }));
  asking.abort(new Error("no patience"));
  same((await within("the end of it", asked)).message, "no patience");
  await ask(socket, "echo", 2);
  same(heard, [1]);
}

for (const story of [a_state_that_can_be_watched, drained, events_one_after_the_other, a_signal_that_ends_it]) {
  story.clients = ["sockeye-client"];
}
