// Bytes: as an argument, deep inside, in answers, beside text.
import { ask, ears } from "../page/ears.js";
import { holds, same } from "../page/expect.js";
import { within } from "../page/deadline.js";

/** 0, 1 … 255, 0 …: a byte out of place shows. */
const pattern = (size) => Uint8Array.from({ length: size }, (_, at) => at & 255);

/** Over WebTransport the reference loses the connection over no bytes at all (P-121), and what follows a blob overtakes it. */
const isSafe = (at) => at.isSockeye || at.last !== "webtransport";

export async function out_and_back(at) {
  const socket = await at.socket();
  const echoes = ears(socket, "echo");
  for (const size of [...(isSafe(at) ? [0] : []), 1, 2, 3, 255, 256, 65_536, 100_000]) {
    socket.emit("echo", pattern(size));
    const [bytes] = await echoes.next();
    holds(bytes instanceof ArrayBuffer, "bytes come as an ArrayBuffer");
    same(bytes, pattern(size));
  }
}

/** Every view is its own part of its buffer, and no more. */
export async function every_kind(at) {
  const socket = await at.socket();
  const all = pattern(32).buffer;
  const kinds = [
    all,
    new Uint8Array(all, 4, 8),
    new Uint16Array(all, 2, 3),
    new Float64Array(all, 8, 1),
    new DataView(all, 1, 5),
  ];
  for (const kind of kinds) same(await ask(socket, "echo", kind), kind, kind.constructor.name);
  for (const kind of [new Blob([pattern(9)]), new File([pattern(300)], "a.bin")]) {
    same(await ask(socket, "echo", kind), await kind.arrayBuffer(), kind.constructor.name);
  }
  if (!isSafe(at)) return;
  // What follows a blob, which has to be read first, does not overtake it (ORD-1).
  const echoes = ears(socket, "echo");
  socket.emit("echo", new Blob([pattern(50_000)]), 1);
  socket.emit("echo", "after", 2);
  same([(await echoes.next())[1], (await echoes.next())[1]], [1, 2], "the order");
}

export async function nested(at) {
  const socket = await at.socket();
  const parts = [isSafe(at) ? 0 : 7, 100, 200].map((size, index) => ({ index, bytes: pattern(size) }));
  const file = { name: "f", data: pattern(4), parts };
  same(await ask(socket, "echo", file), file);
  const seen = await ask(socket, "binary-info", { a: [{ b: pattern(2) }] }, "text", pattern(7));
  same(seen, { buffers: 2, shape: [{ a: [{ b: "<2 bytes>" }] }, "text", "<7 bytes>"] });
  // What only looks like a placeholder stays what it is (P-84).
  const fake = { _placeholder: true, num: 0 };
  same(await ask(socket, "echo", fake), fake);
}

export async function from_the_server(at) {
  const socket = await at.socket();
  const sent = ears(socket, "binary");
  socket.emit("binary-send", 1_000, 3);
  const [{ name, data, parts }] = await sent.next();
  same([name, data], ["blob", pattern(1_000)]);
  same(parts, [0, 1, 2].map((index) => ({ index, bytes: pattern(1_000) })));
}

export async function in_answers(at) {
  const socket = await at.socket();
  const got = new Promise((resolve) => socket.emit("binary-ack", 5_000, (...args) => resolve(args)));
  same(await within("bytes", got), [pattern(5_000), { size: 5_000 }]);

  const answered = ears(socket, "question-answered");
  const asked = [];
  socket.on("question", (bytes, answer) => {
    asked.push(bytes);
    answer(new Uint8Array([4, 5]), "and text");
  });
  socket.emit("ask-me", 10_000, new Uint8Array([1, 2, 3]));
  const [heard] = await answered.next();
  same([asked, heard.args], [[new Uint8Array([1, 2, 3])], [new Uint8Array([4, 5]), "and text"]]);
}

/** Text does not overtake the bytes of an earlier event, nor the reverse (ORD-1). */
export async function among_text(at) {
  const socket = await at.socket();
  const echoes = ears(socket, "echo");
  const args = (number) => (number % 3 ? [number] : [number, new Uint8Array([number])]);
  for (let number = 0; number < 200; number++) socket.emit("echo", ...args(number));
  for (let number = 0; number < 200; number++) same(await echoes.next(), args(number));
}

export async function many_megabytes(at) {
  const socket = await at.socket();
  const sent = ears(socket, "binary");
  socket.emit("binary-send", 5 << 20, 0);
  const [{ data }] = await sent.next("five megabytes");
  const bytes = new Uint8Array(data);
  same(bytes.length, 5 << 20);
  holds(bytes.every((it, index) => it === (index & 255)), "all of five megabytes is right");
}
