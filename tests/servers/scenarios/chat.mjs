// The chat application: who is here, who is typing. What they say, and where, is in `chat`.

import { channels, leaveAll } from "./chat/channels.mjs";
import { messages } from "./chat/messages.mjs";
import { nameOf } from "./chat/names.mjs";
import { listen } from "./listen.mjs";

export function createChat(io) {
  const online = new Map(); // of this node: socket id → { username, joinedAt, id }
  const nameIn = (id) => online.get(id)?.username;
  const say = messages(io, nameIn, everybody);

  const userList = async () => io.emit("user-list", await everybody());
  const leave = async (socket) => {
    const user = online.get(socket.id);
    if (!online.delete(socket.id)) return;
    delete socket.data.user;
    leaveAll(socket);
    await userList();
    io.emit("system-message", { text: `${user.username} left the chat`, timestamp: Date.now() });
  };

  return (socket) => {
    listen(socket, {
      "user-join": async ([given], ack) => {
        const { name, problem } = nameOf(given, "name");
        if (problem) return ack({ error: problem });
        const { joinedAt = new Date() } = online.get(socket.id) ?? {};
        const user = { username: name, joinedAt, id: socket.id };
        online.set(socket.id, user);
        socket.data = { ...socket.data, user }; // 3.1 has none by itself
        await userList();
        socket.broadcast.emit("system-message", { text: `${name} joined the chat`, timestamp: Date.now() });
        return ack({ status: "ok" });
      },
      ...say(socket),
      ...channels(io, socket, nameIn),
      typing: () => tellOthers(socket, "user-typing"),
      "stop-typing": () => tellOthers(socket, "user-stopped-typing"),
      leave: async (_args, ack) => {
        await leave(socket);
        ack({ status: "ok" });
      },
    });
    // If another node does not answer, the next who comes or goes brings the list.
    socket.on("disconnect", () => leave(socket).catch(() => {}));
  };

  /** On all nodes, in the order in which they came; 3.1 cannot ask others, and is alone. */
  async function everybody() {
    const sockets = io.fetchSockets ? await io.fetchSockets() : [...io.of("/").sockets.values()];
    const users = sockets.map(({ data }) => data?.user).filter(Boolean);
    return users.sort((one, other) => new Date(one.joinedAt) - new Date(other.joinedAt));
  }

  function tellOthers(socket, event) {
    const user = online.get(socket.id);
    if (user) socket.broadcast.emit(event, user.username);
  }
}
