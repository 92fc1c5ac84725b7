// What comes, in the order in which it came, for a story to ask for.
import { within } from "./deadline.js";
import { equal, same } from "./expect.js";

/** Listens to one event of a socket, manager or engine from now on; each entry is the list of its arguments. */
export function ears(target, event) {
  const heard = [];
  let wake = () => {};
  target.on(event, (...args) => {
    heard.push(args);
    wake();
  });
  async function next() {
    while (heard.length === 0) await new Promise((resolve) => (wake = resolve));
    return heard.shift();
  }
  return {
    heard,
    /** The arguments of the next one. */
    next: (what = event) => within(what, next()),
    /** The first for which `find` holds; others, which may be of other stories, are passed over. */
    until: (what, find) =>
      within(
        what,
        (async () => {
          for (;;) {
            const args = await next();
            if (find(...args)) return args;
          }
        })(),
      ),
    /** The first of which `value` is the first argument. */
    async says(value, what = `${event} with ${JSON.stringify(value)}`) {
      await this.until(what, (first) => equal(first, value));
    },
    /** Nothing came: the server, which keeps its order, has answered both since. */
    async quiet(...sockets) {
      for (const socket of sockets) await within("an answer", socket.emitWithAck("whoami"));
      same(heard, [], `what ${event} brought`);
    },
  };
}

/** The arguments of the next one, for who does not need to have listened before. */
export const once = (target, event) => within(event, new Promise((resolve) => target.once(event, (...args) => resolve(args))));

/** Joins a namespace. */
export async function join(socket) {
  if (socket.connected) return socket;
  const joined = within("connect", new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  }));
  socket.connect();
  await joined;
  socket.off("connect_error");
  return socket;
}

/** Asks the server and waits for the answer's first argument. */
export const ask = (socket, event, ...args) => within(`answer to ${event}`, socket.emitWithAck(event, ...args));
