// Several namespaces on one connection.
import { unique } from "../page/deadline.js";
import { ask, ears, join } from "../page/ears.js";
import { fails, holds, same } from "../page/expect.js";

export async function multiplexed(at) {
  const manager = at.manager();
  const opens = ears(manager, "open");
  const [main, chat, admin] = ["/", "/chat", "/admin"].map((it) => manager.socket(it));
  await Promise.all([main, chat, admin].map(join));
  same(opens.heard.length, 1, "the number of connections");
  // The Rust server gives a socket the connection's id in every namespace.
  same(new Set([main.id, chat.id, admin.id]).size, at.isRust ? 1 : 3, "the number of ids");

  const text = unique("in chat");
  const [inMain, inChat] = [ears(main, "message"), ears(chat, "message")];
  chat.send(text);
  await inChat.says(text);
  await inMain.quiet(main);

  const announced = ears(main, "admin-announcement");
  const news = unique("to main");
  same(await ask(admin, "announce", news), true);
  await announced.says(news);
}

export async function unknown_and_dynamic(at) {
  const manager = at.manager();
  const error = await fails("there is no such namespace", join(manager.socket("/unknown")));
  // python-socketio says it without an object around it, of which the reference makes an empty text (P-89).
  same(error.message, at.isPython ? "Unable to connect" : "Invalid namespace");
  const [one, two] = [manager.socket("/dynamic-1"), manager.socket("/dynamic-2")];
  await Promise.all([join(one), join(two)]);
  same([await ask(one, "where"), await ask(two, "where")], ["/dynamic-1", "/dynamic-2"]);
  const heard = ears(two, "message");
  const text = unique("dynamic");
  one.send("in the other room");
  two.send(text);
  await heard.says(text);
}

export async function one_leaves_the_other_stays(at) {
  const manager = at.manager();
  const [main, chat] = [manager.socket("/"), manager.socket("/chat")];
  await Promise.all([join(main), join(chat)]);
  const left = ears(chat, "disconnect");
  chat.disconnect();
  same((await left.next())[0], "io client disconnect");
  same([chat.connected, chat.active, chat.id], [false, false, undefined], "the one that left");
  same(await ask(main, "echo", "here"), "here");
  await join(chat);
  const heard = ears(chat, "message");
  const text = unique("again");
  chat.send(text);
  await heard.says(text);

  // When the last one leaves the connection closes, and opens again when one comes back.
  const closed = ears(manager, "close");
  main.disconnect();
  chat.disconnect();
  same((await closed.next())[0], "forced close");
  await join(main);
}

/** Who is removed does not come back by itself (F108); its neighbour never left. */
export async function removed_by_an_admin(at) {
  const [manager, admin] = [at.manager(), await at.join("/admin")];
  const [main, chat] = [manager.socket("/"), manager.socket("/chat")];
  await Promise.all([join(main), join(chat)]);
  const left = ears(main, "disconnect");
  same(await ask(admin, "kick", main.id), true);
  same((await left.next())[0], "io server disconnect");
  holds(!main.active && chat.connected, "one is out and the other is in");
  await join(main);
  same(await ask(main, "echo", [1]), [1]);
}
