// What every smoke test stands on: a server that ends with the test, clients that end with the test, and waits with a deadline.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Manager } from "socket.io-client";

export const DEADLINE = 15_000;

const SERVER = fileURLToPath(new URL("../server.mjs", import.meta.url));

const TRANSPORTS = {
  polling: ["polling"],
  websocket: ["websocket"],
  upgrade: ["polling", "websocket"],
};

export const MODES = Object.keys(TRANSPORTS);

/** Starts `node server.mjs …args`. */
export async function startServer(...args) {
  const child = spawn(process.execPath, [SERVER, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const [line] = await within(once(createInterface({ input: child.stdout }), "line"), "the server's first line");
  const { port } = JSON.parse(line);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.stdin.end();
      const [code] = await within(exited, "the server's end");
      return code;
    },
  };
}

/** A server for one test, ended whatever the test finds. */
export async function withServer(args, body) {
  const server = await startServer(...args);
  try {
    await body(server);
  } finally {
    await server.stop();
  }
}

/** The clients of one test. `close` ends them all. */
export function clients(url, mode) {
  const managers = [];
  return {
    /** Connects; in mode "upgrade" returns only when the upgrade is done. Options are those of the client, and `auth`. */
    async connect(namespace = "/", { auth, ...options } = {}) {
      const manager = this.manager(options);
      const socket = manager.socket(namespace, { auth });
      const connected = next(socket, "connect");
      const refused = once(socket, "connect_error").then(([error]) => Promise.reject(error));
      refused.catch(() => {});
      socket.connect();
      await Promise.race([connected, refused]);
      await upgraded(socket, mode);
      return socket;
    },
    manager(options = {}) {
      const manager = new Manager(url, { transports: TRANSPORTS[mode], autoConnect: false, reconnection: false, ...options });
      managers.push(manager);
      return manager;
    },
    close() {
      for (const manager of managers) {
        manager.reconnection(false);
        manager._close();
      }
    },
  };
}

async function upgraded(socket, mode) {
  const { engine } = socket.io;
  if (mode !== "upgrade" || engine.transport.name === "websocket") return;
  await within(new Promise((resolve) => engine.once("upgrade", resolve)), "the upgrade");
}

/** The arguments of the next `event`. Call it before what causes the event. */
export function next(socket, event) {
  return within(new Promise((resolve) => socket.once(event, (...args) => resolve(args))), `event "${event}"`);
}

/** The arguments of the next `count` events. */
export function collect(socket, event, count) {
  const seen = [];
  const all = new Promise((resolve) => {
    const listener = (...args) => {
      seen.push(args);
      if (seen.length === count) {
        socket.off(event, listener);
        resolve(seen);
      }
    };
    socket.on(event, listener);
  });
  return within(all, () => `${count} events "${event}" (${seen.length} came)`);
}

/** Emits and resolves to the first argument of the acknowledgement. */
export function ask(socket, event, ...args) {
  return socket.timeout(DEADLINE).emitWithAck(event, ...args);
}

/** Emits and resolves to all arguments of the acknowledgement. */
export function askAll(socket, event, ...args) {
  return within(new Promise((resolve) => socket.emit(event, ...args, (...answer) => resolve(answer))), `ack of "${event}"`);
}

export function within(promise, what) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${typeof what === "function" ? what() : what} did not come within ${DEADLINE} ms`));
    }, DEADLINE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Everything sent to `socket` before this call has arrived once it resolves: the order of events is kept. */
export async function settled(socket) {
  await ask(socket, "whoami");
}
