// The chat application: who is here, who is typing. What they say, and where, is in `chat`.

import { channels, leaveAll } from "./chat/channels.mjs";
import { messages } from "./chat/messages.mjs";
import { nameOf } from "./chat/names.mjs";
import { listen } from "./listen.mjs";

export function createChat(io) {
  const online = new Map(); // socket id → { username, joinedAt, id }
  const nameIn = (id) => online.get(id)?.username;
  const say = messages(io, nameIn);

  const userList = () => io.emit("user-list", [...online.values()]);
  const leave = (socket) => {
    const user = online.get(socket.id);
    if (!online.delete(socket.id)) return;
    leaveAll(socket);
    userList();
    io.emit("system-message", { text: `${user.username} left the chat`, timestamp: Date.now() });
  };

  return (socket) => {
    listen(socket, {
      "user-join": ([given], ack) => {
        const { name, problem } = nameOf(given, "name");
        if (problem) return ack({ error: problem });
        online.set(socket.id, { username: name, joinedAt: new Date(), id: socket.id });
        userList();
        socket.broadcast.emit("system-message", { text: `${name} joined the chat`, timestamp: Date.now() });
        return ack({ status: "ok" });
      },
      ...say(socket),
      ...channels(io, socket, nameIn),
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
