// Snippets of the tutorials whose event names are taken by the chat application on `/`.

import { listen } from "./listen.mjs";

export function tutorial(io) {
  const nsp = io.of("/tutorial");
  nsp.on("connection", (socket) => {
    socket.emit("welcome", { message: "Welcome to the chat!", onlineUsers: nsp.sockets.size });
    listen(socket, {
      "chat-message": ([data]) => {
        if (typeof data === "string") return socket.broadcast.emit("new-chat-message", data);
        const { user, text } = data;
        return socket.broadcast.emit("chat-message", { user, text, timestamp: Date.now() });
      },
      typing: ([username]) => socket.broadcast.emit("user-typing", username),
      "stop-typing": ([username]) => socket.broadcast.emit("user-stopped-typing", username),
    });
  });
}
