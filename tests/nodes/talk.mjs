// A member of the chat by the npm package, in Node and in a page: tells what happens, and says what it is given.

export function talk(io, url, name, transports, options, tell) {
  const socket = io(url, { transports, reconnectionDelay: 20, reconnectionDelayMax: 200, ...options });

  socket.on("connect", () => {
    const { engine } = socket.io;
    tell({ connected: true, recovered: socket.recovered });
    if (engine.transport.name === transports.at(-1)) tell({ settled: engine.transport.name });
    else engine.once("upgrade", ({ name: settled }) => tell({ settled }));
    socket.emit("user-join", name, ({ status }) => tell({ joined: status }));
  });
  socket.on("disconnect", (reason, details) => {
    const { message, description, context } = details ?? {};
    tell({ lost: reason, message, description, answer: context?.responseText });
  });
  socket.on("chat-message", ({ user, text }) => tell({ user, text }));

  return (text) => socket.emit("chat-message", { text }, ({ status }) => tell({ said: text, status }));
}
