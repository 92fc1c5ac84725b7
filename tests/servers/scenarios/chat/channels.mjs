// The rooms of the chat, which people make by joining them.

import { nameOf } from "./names.mjs";

/** Of one person at a time. */
const MOST_ROOMS = 20;

export function channels(io, socket, nameIn) {
  return {
    "room-join": async ([given], ack) => {
      const { name: room, problem } = nameOf(given, "name of the room");
      const user = nameIn(socket.id);
      if (!user) return ack({ error: "Not authenticated" });
      if (problem) return ack({ error: problem });
      if (!isMember(socket, room)) {
        if (all(socket).length >= MOST_ROOMS) return ack({ error: `You are in ${MOST_ROOMS} rooms: leave one first` });
        await socket.join(inner(room));
        tell(room, `${user} joined #${room}`);
      }
      return ack({ status: "ok", rooms: all(socket) });
    },
    "room-leave": async ([room], ack) => {
      const user = nameIn(socket.id);
      if (user && isMember(socket, room)) {
        tell(room, `${user} left #${room}`);
        await socket.leave(inner(room));
      }
      return ack({ status: "ok", rooms: all(socket) });
    },
  };

  function tell(room, text) {
    io.to(inner(room)).emit("system-message", { text, timestamp: Date.now(), room });
  }
}

export function leaveAll(socket) {
  for (const room of all(socket)) socket.leave(inner(room));
}

export const isMember = (socket, room) => socket.rooms.has(inner(room));

/** What the adapter calls it: no name of a room is the id of a socket. */
export const inner = (room) => `#${room}`;

function all(socket) {
  return [...socket.rooms].filter((it) => it.startsWith("#")).map((it) => it.slice(1)).sort();
}
