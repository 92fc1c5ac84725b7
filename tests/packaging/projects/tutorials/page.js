// Two people at each page, who talk as people do: by what is written and pressed.
import { open, until } from "./person.js";

globalThis.result = everything();

async function everything() {
  for (const story of [chatMessage, namespace, received, room, status, newcomers]) {
    await story().catch((error) => {
      throw new Error(`${story.name}: ${error.message}`);
    });
  }
  return "ok";
}

async function chatMessage() {
  const [ann, bob] = await both("chat-message.html");
  ann.writes("#input", "hello to all");
  ann.presses("Send");
  for (const it of [ann, bob]) await it.sees("#messages li", "hello to all");
  if (ann.find("#input").value) throw new Error("the line was not emptied");
  leave(ann, bob);
}

async function namespace() {
  const [ann, bob] = await both("namespace.html");
  bob.writes("#input", "only in /chat");
  bob.presses("Send");
  for (const it of [ann, bob]) await it.sees("#messages li", "only in /chat");
  leave(ann, bob);
}

/** What it hears it tells the console. */
async function received() {
  const ann = await open("received.html");
  await ann.connected();
  const said = [];
  ann.window.console.log = (...words) => said.push(words.join(" "));
  const bob = await open("received.html");
  await until("a second greeting", () => said.includes("Received: Hello from client!"));
  leave(ann, bob);
}

async function room() {
  const [ann, bob] = await both("room.html");
  join(ann, "Ann");
  await ann.sees("#online-count", "1");
  join(bob, "Bob");
  for (const it of [ann, bob]) await it.sees("#online-count", "2");
  await ann.sees(".system", "Bob joined the chat");

  ann.writes("#message-input", "hello");
  ann.releases("#message-input", "o");
  await bob.sees("#typing", "Ann is typing...");
  ann.releases("#message-input", "Enter");
  for (const it of [ann, bob]) await it.sees("#messages li", "Ann: hello");
  await bob.sees("#typing", "");
  bob.writes("#message-input", "and good bye");
  bob.presses("Send");
  await ann.sees("#messages li", "Bob: and good bye");

  bob.leaves();
  await ann.sees(".system", "Bob left the chat");
  await ann.sees("#online-count", "1");
  ann.leaves();
}

/** StrictMode mounts, unmounts and mounts again: one connection is left, with one listener of each event. */
async function status() {
  const page = await open("status.html");
  await page.sees("#root", "Status: Connected");
  const { shared, unmount } = page.window;
  for (const event of ["connect", "disconnect"]) {
    if (shared.listeners(event).length !== 1) throw new Error(`${shared.listeners(event).length} listeners of ${event}`);
  }
  shared.io.engine.close();
  await page.sees("#root", "Status: Disconnected");
  await page.sees("#root", "Status: Connected");
  unmount();
  if (shared.active || shared.hasListeners("connect")) throw new Error("something is left of the component");
  page.leaves();
}

/** What servers say to all others when somebody comes. */
async function newcomers() {
  const [ann, bob] = [io({ forceNew: true }), io({ forceNew: true })];
  await Promise.all([ann, bob].map((it) => new Promise((resolve) => it.on("connect", resolve))));
  for (const [event, words] of [["new user", "Someone joined"], ["user-joined", `${bob.id} joined the chat`]]) {
    const heard = new Promise((resolve) => ann.once(event, resolve));
    bob.emit(event);
    if ((await heard) !== words) throw new Error(`${event} said ${await heard}`);
  }
  ann.disconnect();
  bob.disconnect();
}

async function both(page) {
  const people = await Promise.all([open(page), open(page)]);
  await Promise.all(people.map((it) => it.connected()));
  return people;
}

function join(person, name) {
  person.writes("#username", name);
  person.presses("Join Chat");
}

function leave(...people) {
  for (const it of people) it.leaves();
}
