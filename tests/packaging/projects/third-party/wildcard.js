// socketio-wildcard: an `onevent` of its own in the place of the client's (M-01).
import assert from "node:assert/strict";
import { Server } from "socket.io";
import wildcard from "socketio-wildcard";
import { io, Manager } from "CLIENT";

const server = new Server();
server.listen(0, { host: "127.0.0.1" });
server.on("connection", (peer) => {
  peer.on("begin", () => {
    peer.emit("plain", 1, { bytes: Buffer.from([7]) });
    peer.emit("question", "how", (answer) => peer.emit("answered", answer));
  });
});

async function main() {
  const http = server.httpServer;
  if (!http.listening) await new Promise((resolve) => http.once("listening", resolve));
  const socket = io(`http://127.0.0.1:${http.address().port}`);
  wildcard(Manager)(socket);
  const heard = [];
  socket.on("*", ({ type, nsp, data }) => heard.push({ type, nsp, event: data[0] }));
  socket.on("question", (how, answer) => answer(`${how}?`));
  const answered = new Promise((resolve) => socket.on("answered", resolve));
  socket.on("connect", () => socket.emit("begin"));
  assert.equal(await answered, "how?");
  assert.deepEqual(heard, ["plain", "question", "answered"].map((event) => ({ type: 2, nsp: "/", event })));
  console.log("ok");
  process.exit();
}

main();
