// The msgpack parser, from both kinds of module, with a server that has the official one.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { once } from "node:events";
import parser from "socket.io-msgpack-parser";
import { node } from "../../lib/programs.mjs";

const { Server } = createRequire(new URL("../../../servers/server.mjs", import.meta.url))("socket.io");

export async function run({ dir }) {
  const http = createServer();
  const io = new Server(http, { parser });
  io.on("connection", (socket) => {
    socket.on("client-message", (text, answer) => answer({ received: text }));
    socket.on("echo", (...args) => socket.emit("echo", ...args));
    socket.on("whoami", (answer) => answer({ transport: socket.conn.transport.name }));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  try {
    const url = `http://127.0.0.1:${http.address().port}`;
    const said = await node(dir, "main.js", url);
    return said === "ok" ? await node(dir, "main.cjs", url) : said;
  } finally {
    await io.close();
  }
}
