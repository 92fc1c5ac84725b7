// Much, and large.
import { ask, ears, join } from "../page/ears.js";
import { fails, holds, same } from "../page/expect.js";
import { within } from "../page/deadline.js";

/** From the first moment, so that with an upgrade they come over both transports (ORD-1). */
export async function ten_thousand_in_order(at) {
  const manager = at.manager();
  const socket = manager.socket("/");
  let last = 0;
  const all = new Promise((resolve, reject) => {
    socket.on("tick", (number) => {
      if (number !== ++last) reject(new Error(`${number} came in the place of ${last}`));
      if (number === 10_000) resolve();
    });
  });
  socket.emit("burst", 10_000);
  await at.moved(manager, () => join(socket));
  await within("the last of them", all);
}

/**
 * The same in both directions at once; while it moves, nothing is lost, doubled or out of order (F054). To python-engineio,
 * which takes sixteen in a body (P-56), it is two thousand.
 */
export async function ten_thousand_out_and_back(at) {
  const manager = at.manager();
  const socket = manager.socket("/");
  // The Rust server drops what does not fit into its queue of 4,096 packets.
  const pace = at.isRust ? 1_000 : 10_000;
  const count = at.isPython ? 2_000 : 10_000;
  let sent = 0;
  let last = -1;
  const send = () => {
    while (sent < count && sent - last <= pace) socket.emit("echo", sent++);
  };
  const all = new Promise((resolve, reject) => {
    socket.on("echo", (number) => {
      if (number !== ++last) reject(new Error(`${number} came in the place of ${last}`));
      if (number === count - 1) resolve();
      if (number % 100 === 0) send();
    });
  });
  await at.moved(manager, async () => {
    await join(socket);
    send();
  });
  await within("the last of them", all);
}

export async function large_events(at) {
  const socket = await at.socket();
  const big = ears(socket, "big");
  socket.emit("flood", 20, 200_000);
  for (let number = 1; number <= 20; number++) {
    const [index, text] = await big.next();
    same([index, text.length], [number, 200_000]);
  }
  const long = "y".repeat(400_000);
  holds((await ask(socket, "echo", long)) === long, "a long text comes back");
}

/** More than one body may hold: as many bodies as it takes (P-16). */
export async function split_by_max_payload(at) {
  const { url } = await at.ownServer({ maxPayload: 10_000 });
  const socket = at.manager({}, url).socket("/");
  const echoes = ears(socket, "echo");
  const text = "x".repeat(1_000);
  for (let number = 0; number < 200; number++) socket.emit("echo", number, text);
  await join(socket);
  for (let number = 0; number < 200; number++) same((await echoes.next())[0], number);
}

/** What alone is larger is refused before it costs the connection (F030). */
export async function larger_than_max_payload(at) {
  const { url } = await at.ownServer({ maxPayload: 10_000 });
  const socket = await at.settled({}, url);
  const error = await fails("it is too large", () => socket.emit("echo", "x".repeat(10_001)));
  same(error.code, "too large");
  // As large as it may be: the packet around it counts.
  const fits = "x".repeat(9_900);
  same(await ask(socket, "echo", fits), fits);
}
larger_than_max_payload.clients = ["sockeye-client"];
