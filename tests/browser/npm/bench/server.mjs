// The official server, with nothing but what is measured; it lives as long as its stdin.
import { createRequire } from "node:module";
import { createServer } from "node:http";

import { payload } from "./payloads.js";

const { Server } = createRequire(new URL("../../../servers/package.json", import.meta.url))("socket.io");
const http = createServer();
const io = new Server(http, { cors: { origin: "*" }, pingInterval: 600_000 });

io.on("connection", (socket) => {
  let count = 0;
  socket.on("sink", () => void (count += 1));
  socket.on("counted", (answer) => {
    answer(count);
    count = 0;
  });
  socket.on("echo", (it) => socket.emit("echo", it));
  socket.on("source", (kind, number) => {
    const it = payload(kind);
    for (let sent = 0; sent < number; sent++) socket.emit("event", it);
  });
});

http.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: http.address().port })));
process.stdin.resume().on("end", () => process.exit());
