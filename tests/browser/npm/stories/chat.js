// The chat application of the tutorials, from joining to leaving.
import { unique } from "../page/deadline.js";
import { ask, ears, join } from "../page/ears.js";
import { same } from "../page/expect.js";

export async function the_whole_application(at) {
  const [ada, bob] = await Promise.all([at.socket(), at.socket()]);
  const [name, other] = [unique("Ada"), unique("Bob")];
  const lists = ears(ada, "user-list");
  const notices = ears(ada, "system-message");
  const [typing, stopped] = [ears(ada, "user-typing"), ears(ada, "user-stopped-typing")];
  const notice = (text) => notices.until(text, (it) => it.text === text);
  const has = (list, ...names) => names.every((it) => list.some(({ username }) => username === it));

  // Nobody speaks before they have said who they are.
  same(await ask(ada, "chat-message", { text: "?" }), { error: "Not authenticated" });
  same(await ask(ada, "user-join", name), { status: "ok" });
  await lists.until("a list with Ada", (list) => has(list, name));
  same(await ask(bob, "user-join", other), { status: "ok" });
  await lists.until("a list with both", (list) => has(list, name, other));
  await notice(`${other} joined the chat`);

  const heard = ears(bob, "chat-message");
  for (const text of ["Hello", "How are you?", "🐟"]) {
    const { status, id } = await ask(ada, "chat-message", { text });
    same(status, "ok");
    const [message] = await heard.until("Ada's message", (it) => it.user === name);
    same([message.text, message.id], [text, id], "what Bob reads");
  }

  bob.emit("typing");
  await typing.says(other);
  bob.emit("stop-typing");
  await stopped.says(other);

  // One leaves with a word, then without.
  same(await ask(bob, "leave"), { status: "ok" });
  await notice(`${other} left the chat`);
  await ask(bob, "user-join", other);
  await notice(`${other} joined the chat`);
  bob.disconnect();
  await notice(`${other} left the chat`);

  // And comes back with a connection that broke: the server has forgotten who it was.
  const back = ears(ada, "connect");
  ada.io.engine.close();
  await back.next("the second connect");
  same(await ask(ada, "chat-message", { text: "?" }), { error: "Not authenticated" });
}

export async function the_tutorial(at) {
  const one = at.manager().socket("/tutorial");
  const welcome = ears(one, "welcome");
  await join(one);
  same((await welcome.next())[0].message, "Welcome to the chat!");

  const two = await at.join("/tutorial");
  const [plain, full, typing] = ["new-chat-message", "chat-message", "user-typing"].map((it) => ears(one, it));
  const text = unique("text");
  two.emit("chat-message", text);
  await plain.says(text);
  two.emit("chat-message", { user: "Bob", text });
  await full.until("the whole message", (it) => it.text === text && it.user === "Bob");
  two.emit("typing", text);
  await typing.says(text);
}
