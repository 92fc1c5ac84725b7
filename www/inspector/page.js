// The page around the inspector: which server, connect and disconnect, something to send, and the buttons to break things.
import "./inspector.js";
import { findServer, offerToBreak } from "./breaking.js";

const LIMITS = { sendBufferMax: 100, sendBufferBytes: 100_000 };
/** How long goodbyes may take, in ms. */
const PATIENCE = 1_000;
const $ = (id) => document.querySelector(`#${id}`);
const say = (words) => {
  $("said").textContent = words;
};
const inspector = document.querySelector("sockeye-inspector");
let socket;

const [client, server] = await Promise.all([import("../sockeye/index.js").catch((error) => error), findServer()]);
if (!client.io) {
  say(`The client cannot be loaded: ${client.message}. Build it with: cargo run -p sockeye-pack`);
} else {
  $("address").value = server?.url ?? location.origin;
  $("place").textContent = server
    ? "A server of its own runs for this page, behind a line that can be cut. Nobody else is on it."
    : "There is no server to break here; any other can be watched.";
  $("connection").addEventListener("submit", (event) => {
    event.preventDefault();
    connect();
  });
  $("disconnect").addEventListener("click", async () => {
    const isComplete = await leave(socket);
    say(isComplete ? "Closed; everything had left." : "Closed; some of it had not left, or was not answered.");
  });
  $("now").addEventListener("click", () => socket?.io.reconnectNow());
  $("sending").addEventListener("submit", (event) => {
    event.preventDefault();
    send($("text").value);
  });
  offerToBreak($("break"), server, () => socket, say);
  connect();
}
document.body.dataset.ready = "";

/** All namespaces, after what is still to be said: whether all of it was. */
function leave({ io: manager }) {
  return manager.drain({ timeout: PATIENCE });
}

function connect() {
  if (socket) leave(socket);
  const transports = { both: undefined, polling: ["polling"], websocket: ["websocket"] }[$("transports").value];
  try {
    socket = client.io($("address").value, {
      ...LIMITS,
      ...(transports && { transports }),
      forceNew: true,
      autoConnect: false,
      ackTimeout: 10_000,
    });
  } catch (error) {
    say(`That is no address of a server: ${error.message}`);
    return;
  }
  inspector.limits = LIMITS;
  inspector.socket = socket;
  // In sight wherever the page is scrolled to.
  const mine = socket;
  mine.io.on("state", () => mine === socket && show(mine.io.state));
  socket.connect();
}

function show(state) {
  $("badge").textContent = state;
  $("badge").dataset.is = state;
}

async function send(text) {
  if (!text) return say("There is nothing to send yet.");
  try {
    const answer = await socket.emitWithAck("echo", text);
    say(`The server answered: ${JSON.stringify(answer)}`);
  } catch (error) {
    say(`No answer: ${error.message}`);
  }
}
