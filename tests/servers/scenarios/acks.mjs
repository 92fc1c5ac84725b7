// Acknowledgements: those the client asks for, and those the server asks for.

import { wait } from "./limits.mjs";
import { listen, waited } from "./listen.mjs";

export function acks(io, socket) {
  rememberAckIds(socket);
  let nextId = 1;

  listen(socket, {
    "save-message": ([data], ack) => {
      if (typeof data?.text !== "string" || data.text === "") {
        return ack({ status: "error", error: "Text is required" });
      }
      return ack({ status: "ok", id: nextId++ });
    },
    "late-ack": async ([milliseconds, ...args], ack) => {
      if (await waited(socket, milliseconds)) ack(...args);
    },
    "never-ack": () => {},
    // The library refuses to answer twice, so the second answer goes past it.
    "double-ack": (_args, ack) => {
      ack("first");
      if (ack.id !== undefined) socket.packet({ type: 3, id: ack.id, data: ["second"] });
    },

    "ask-me": async ([milliseconds, ...question]) => {
      socket.emit("question-answered", await ask(socket, milliseconds, question));
    },
    "ask-everyone": async ([milliseconds, ...question]) => {
      const everyone = [...io.of("/").sockets.values()];
      const answers = await Promise.all(everyone.map((each) => ask(each, milliseconds, question)));
      socket.emit("everyone-answered", {
        answers: answers.filter(({ timedOut }) => !timedOut).map(({ args }) => args),
        missing: answers.filter(({ timedOut }) => timedOut).length,
      });
    },
  });
}

/** Asks one client, by hand: `socket.timeout()` is younger than the oldest of our servers. */
function ask(socket, milliseconds, question) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ timedOut: true, args: [] }), wait(milliseconds));
    socket.emit("question", ...question, (...args) => {
      clearTimeout(timer);
      resolve({ timedOut: false, args });
    });
  });
}

/** Puts the id of the packet on the function that answers it. */
function rememberAckIds(socket) {
  const plain = socket.ack.bind(socket);
  socket.ack = (id) => Object.assign(plain(id), { id });
}
