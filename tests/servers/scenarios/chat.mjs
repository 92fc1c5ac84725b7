// The chat application: who is here, what they say, who is typing.

import { listen } from "./listen.mjs";

export function createChat(io) {
  const online = new Map(); // socket id → { username, joinedAt }
  let nextId = Date.now(); // two messages of one millisecond are still two messages

  const userList = () => io.emit("user-list", [...online.values()]);
  const leave = (socket) => {
    const user = online.get(socket.id);
    if (!online.delete(socket.id)) return;
    userList();
    io.emit("system-message", { text: `${user.username} left the chat`, timestamp: Date.now() });
  };

  return (socket) => {
    listen(socket, {
      "user-join": ([username], ack) => {
        online.set(socket.id, { username, joinedAt: new Date() });
        userList();
        socket.broadcast.emit("system-message", { text: `${username} joined the chat`, timestamp: Date.now() });
        ack({ status: "ok" });
      },
      "chat-message": ([data], ack) => {
        const user = online.get(socket.id);
        if (!user) return ack({ error: "Not authenticated" });
        const message = { id: nextId++, user: user.username, text: data?.text, timestamp: Date.now() };
        io.emit("chat-message", message);
        return ack({ status: "ok", id: message.id });
      },
      typing: () => tellOthers(socket, "user-typing"),
      "stop-typing": () => tellOthers(socket, "user-stopped-typing"),
      leave: (_args, ack) => {
        leave(socket);
        ack({ status: "ok" });
      },
    });
    socket.on("disconnect", () => leave(socket));
  };

  function tellOthers(socket, event) {
    const user = online.get(socket.id);
    if (user) socket.broadcast.emit(event, user.username);
  }
}
