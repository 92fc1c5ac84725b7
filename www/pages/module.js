// The chat of `/` as a module, with promises, and with what only this client has: states with the delay of the next
// attempt, a way to try at once, and listeners that end together.
import { io } from "./sockeye-client.js";
import "./layout.js";
import "./view.js";

const { view } = globalThis;
const socket = io();
const waiting = [];
let myName;
// Those the person is in, and after a loss is to be in again.
const myRooms = new Set();
let admin;
let adminToken;
let isInTheRoom = false;
let typingTimeout;

async function enter() {
  let answer;
  try {
    answer = await socket.timeout(5000).emitWithAck("user-join", myName);
  } catch {
    // When the connection is lost, the next one enters.
    return socket.connected ? enter() : undefined;
  }
  if (answer.error) {
    myName = undefined;
    return view.refused(answer.error);
  }
  isInTheRoom = true;
  joinAgain([...myRooms]);
  waiting.splice(0).forEach(deliver);
}

async function deliver(message) {
  if (!isInTheRoom) {
    waiting.push(message);
    return message.waits();
  }
  message.sends();
  try {
    const response = await socket.timeout(5000).emitWithAck("chat-message", message.content);
    if (response.error) throw new Error(response.error);
    message.arrived();
  } catch (error) {
    message.fails(`Not confirmed: ${error.message}.`, () => deliver(message));
  }
}

async function changeRooms(event, name) {
  if (event === "room-leave") myRooms.delete(name);
  try {
    const { error, rooms } = await socket.timeout(5000).emitWithAck(event, name);
    if (rooms && event === "room-join") myRooms.add(name);
    view.roomProblem(error ?? "");
    if (rooms) view.rooms(rooms);
  } catch (error) {
    view.roomProblem(`Not confirmed: ${error.message}.`);
  }
}

/** One after the other. Only the last answer has all rooms. */
async function joinAgain(names) {
  const last = names.pop();
  try {
    for (const name of names) await socket.timeout(5000).emitWithAck("room-join", name);
  } catch {
    // The last one tells what is wrong; when the connection is lost, the next one joins them all.
  }
  if (last !== undefined) await changeRooms("room-join", last);
}

/** A second namespace on the same connection; its token is asked for with every try. */
function enterAdmin(token) {
  adminToken = token;
  if (admin) return admin.disconnect().connect();
  admin = io("/admin", { auth: (give) => give(adminToken ? { token: adminToken } : {}) });
  admin.on("connect", async () => view.admin(`You are in: ${await admin.emitWithAck("count")} connected.`, true));
  admin.on("connect_error", ({ message, data }) => view.admin(`Refused: ${message} ${data ? `(${data.code})` : ""}`));
  admin.on("disconnect", (reason) => view.admin(`Out: ${reason}`));
}

async function kick(person) {
  try {
    view.kicked(person, await admin.timeout(5000).emitWithAck("kick", person.id));
  } catch (error) {
    view.notKicked(person, error.message);
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
  onSend(content) {
    deliver(view.outgoing(content));
    stopTyping();
  },
  onTyping: typing,
  onRoomJoin: (name) => changeRooms("room-join", name),
  onRoomLeave: (name) => changeRooms("room-leave", name),
  onAdmin: enterAdmin,
  onAnnounce: (text) => admin.emit("announce", text),
  onKick: kick,
  onRetry: () => (socket.active ? socket.io.reconnectNow() : socket.connect()),
  // Nothing of it is loaded before.
  onInspect: async () => (await import("/inspector/dialog.js")).openInspector(socket),
});

socket.on("chat-message", (message) => view.message(message, socket.id));
socket.on("system-message", (message) => view.system(message.text));
socket.on("admin-announcement", (text) => view.system(`announcement: ${text}`));
socket.on("user-list", (users) => view.online(users, socket.id));
socket.on("user-typing", (name) => view.typing(name));
socket.on("user-stopped-typing", (name) => view.stoppedTyping(name));

socket.on("connect", () => {
  view.connected(socket.io.engine.transport.name);
  socket.io.engine.on("upgrade", ({ name }) => view.upgraded(name));
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
