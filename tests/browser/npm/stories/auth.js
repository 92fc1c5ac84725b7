// Who may come in, and what they bring along.
import { ask, ears, join } from "../page/ears.js";
import { fails, holds, same } from "../page/expect.js";

/** Refused is final until something is mended (A-53, F092). */
export async function refused_then_let_in(at) {
  const socket = at.manager().socket("/secure");
  const none = await fails("there is no token", join(socket));
  holds(none instanceof Error, "a refusal is an Error");
  // The Rust server's library has no room for data in a refusal.
  same([none.message, none.data], ["Unauthorized", at.isRust ? undefined : { code: "no_token", retry: false }]);
  same([socket.active, socket.connected], [false, false]);

  socket.off("connect");
  socket.auth = { token: "wrong" };
  const wrong = await fails("the token is wrong", join(socket));
  same(wrong.data, at.isRust ? undefined : { code: "bad_token", retry: true });

  socket.off("connect");
  socket.auth = { token: "mysecrettoken" };
  await join(socket);
  same(await ask(socket, "secret"), "the cake is a lie");
  // Another namespace of that connection was never in question.
  await join(socket.io.socket("/"));
}

/** A token is fresh at every connect, not only at the first (O-60, F103). */
export async function asked_at_each_connect(at) {
  let asked = 0;
  const auth = (answer) => setTimeout(() => answer({ number: ++asked }), 1);
  const socket = await at.join("/handshake", { auth });
  same((await ask(socket, "handshake")).auth, { number: 1 });
  const back = ears(socket, "connect");
  socket.io.engine.close();
  await back.next("the second connect");
  same((await ask(socket, "handshake")).auth, { number: 2 });
  socket.disconnect();
  await join(socket);
  same((await ask(socket, "handshake")).auth, { number: 3 });
}

export async function a_slow_door(at) {
  const manager = at.manager();
  const [slow, main] = [manager.socket("/slow", { auth: { delay: 300 } }), manager.socket("/")];
  const joining = join(slow);
  await join(main);
  // The neighbour is not disturbed.
  same(await ask(main, "echo", 1), 1);
  await joining;
  same(await ask(slow, "ready"), true);
}

export async function the_handshake(at) {
  const options = { query: { q: "a b&c" }, extraHeaders: { "X-Story": "handshake" }, auth: { user: { name: "Ada" } } };
  const socket = await at.join("/handshake", options);
  const seen = await ask(socket, "handshake");
  same(seen.auth, { user: { name: "Ada" } });
  // WebTransport has no query (P-13).
  if (at.first !== "webtransport") same([seen.query.q, seen.query.EIO], ["a b&c", "4"]);
  // A browser sends no headers of ours with a WebSocket (O-18).
  if (at.first === "polling") same(seen.headers["x-story"], "handshake");
}
