// Events, answers and broadcasts.

import { listen } from "./listen.mjs";

export function basics(io, socket) {
  listen(socket, {
    hello: () => socket.emit("helloResponse", "Hello from server 👋"),
    "client-message": ([message], ack) => ack({ received: message }),
    echo: (args, ack) => {
      socket.emit("echo", ...args);
      ack(...args);
    },
    whoami: (_args, ack) => ack({ id: socket.id, transport: socket.conn.transport.name }),

    // To all, the sender included.
    "chat message": ([message]) => io.emit("chat message", message),
    "broadcast-all": ([text]) => io.emit("chatMessage", text),
    announcement: ([text]) => io.emit("announcement", text),

    // To all but the sender.
    "broadcast-others": ([text]) => socket.broadcast.emit("chatMessage", { user: socket.id, text }),
    msg: () => socket.broadcast.emit("msg", "User joined"),
    "new user": () => socket.broadcast.emit("new user", "Someone joined"),
    "user-joined": () => socket.broadcast.emit("user-joined", `${socket.id} joined the chat`),

    // To one.
    private: () => socket.emit("private", "Only you get this"),
    "direct-message": ([target, data]) => io.to(target).emit("direct-message", data, socket.id),

    // "error" is an ordinary event to a client since version 3.
    "server-error": ([message]) => socket.emit("error", { message }),
  });

  // A middleware for packets: what it refuses arrives at the server's own error listener, which tells the client.
  socket.use(([event], next) => next(event === "forbidden" ? new Error("Forbidden") : undefined));
  socket.on("error", (error) => socket.emit("error", { message: error.message }));
}
