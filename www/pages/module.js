// The chat of `/` as a module, with promises, and with what only this client has: states with the delay of the next
// attempt, a way to try at once, and listeners that end together.
import { io } from "./sockeye-client.js";
import "./view.js";

const { view } = globalThis;
const socket = io();
const waiting = [];
let myName;
let isInTheRoom = false;
let typingTimeout;

async function enter() {
  try {
    await socket.timeout(5000).emitWithAck("user-join", myName);
  } catch {
    // When the connection is lost, the next one enters.
    return socket.connected ? enter() : undefined;
  }
  isInTheRoom = true;
  waiting.splice(0).forEach(deliver);
}

async function deliver(message) {
  if (!isInTheRoom) {
    waiting.push(message);
    return message.waits();
  }
  message.sends();
  try {
    const response = await socket.timeout(5000).emitWithAck("chat-message", { text: message.text });
    if (response.error) throw new Error(response.error);
    message.arrived();
  } catch (error) {
    message.fails(`Not confirmed: ${error.message}.`, () => deliver(message));
  }
}

function typing() {
  if (!isInTheRoom) return;
  socket.emit("typing");
  clearTimeout(typingTimeout);
  typingTimeout = setTimeout(stopTyping, 2000);
}

function stopTyping() {
  clearTimeout(typingTimeout);
  if (isInTheRoom) socket.emit("stop-typing");
}

view.start({
  onJoin(name) {
    myName = name;
    if (socket.connected) enter();
  },
  onSend(text) {
    deliver(view.outgoing(text));
    stopTyping();
  },
  onTyping: typing,
  onRetry: () => (socket.active ? socket.io.reconnectNow() : socket.connect()),
});

socket.on("chat-message", (message) => view.message(message));
socket.on("system-message", (message) => view.system(message.text));
socket.on("user-list", (users) => view.online(users));
socket.on("user-typing", (name) => view.typing(name));
socket.on("user-stopped-typing", (name) => view.stoppedTyping(name));

socket.on("connect", () => {
  view.connected();
  if (myName) enter();
});
socket.on("disconnect", (reason) => {
  isInTheRoom = false;
  view.disconnected(reason, socket.active);
});
socket.on("connect_error", (error) => view.noConnection(error.message, socket.active));
socket.io.on("state", ({ state, attempt, delay }) => {
  if (delay !== undefined) view.connecting(`attempt ${attempt} in ${(delay / 1000).toFixed(1)} s`, "Try now");
  else if (state === "connecting") view.connecting("connecting");
});
