// A member of the chat by the npm package in Node: says in lines of JSON what happens, and in the chat what it is given.

import { createInterface } from "node:readline";
import { io } from "../../client-wasm/npm/dist/node.js";

const [url, name, ...transports] = process.argv.slice(2);
const tell = (it) => process.stdout.write(`${JSON.stringify(it)}\n`);

// Without `withCredentials` Node keeps no cookie, and there is no affinity by cookie (O-19).
const socket = io(url, { transports, withCredentials: true, reconnectionDelay: 20, reconnectionDelayMax: 200 });

socket.on("connect", () => {
  const { engine } = socket.io;
  if (engine.transport.name === transports.at(-1)) tell({ settled: engine.transport.name });
  else engine.once("upgrade", ({ name: settled }) => tell({ settled }));
  socket.emit("user-join", name, ({ status }) => tell({ joined: status }));
});
socket.on("disconnect", (reason, details) => {
  const { message, description, context } = details ?? {};
  tell({ lost: reason, message, description, answer: context?.responseText });
});
socket.on("chat-message", ({ user, text }) => tell({ user, text }));

createInterface({ input: process.stdin })
  .on("line", (text) => socket.emit("chat-message", { text }, ({ status }) => tell({ said: text, status })))
  .on("close", () => process.exit(0));
