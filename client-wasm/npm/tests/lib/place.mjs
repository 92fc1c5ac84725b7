// An official server in this process for each test, and clients of the built package that are gone when the test is.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { io } from "../../dist/node.js";
import { heard, within } from "./wait.mjs";

export const WAYS = {
  polling: { transports: ["polling"] },
  websocket: { transports: ["websocket"] },
  upgrade: { transports: ["polling", "websocket"] },
};

/** `{ server, url, clients }`; it listens on 127.0.0.1 until the test ends. */
export async function serve(t, options = {}) {
  const http = createServer();
  const server = new Server(http, options);
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  const place = { server, http, url: `http://127.0.0.1:${http.address().port}`, clients: [] };
  t.after(async () => {
    for (const socket of place.clients) {
      socket.io.reconnection(false);
      socket.disconnect();
      socket.io._close();
    }
    await new Promise((resolve) => server.close(resolve));
  });
  return place;
}

/** A socket that has a connection of its own; `name` is its namespace. */
export function join(place, options = {}, { name = "/", client = io } = {}) {
  const socket = client(place.url + name, { forceNew: true, ...options });
  place.clients.push(socket);
  return socket;
}

/** The same, connected; if both transports may be used, it has been upgraded. Its peer on the server is `peer`. */
export async function joined(place, options = {}, more = {}) {
  const arrived = within("peer", (resolve) => place.server.of(more.name ?? "/").once("connection", resolve));
  const socket = join(place, options, more);
  const upgraded = () => options.transports?.length > 1 && heard(socket.io.engine, "upgrade");
  const [peer] = await Promise.all([arrived, heard(socket, "connect"), heard(socket.io, "open").then(upgraded)]);
  return { socket, peer };
}
