// Rooms, several rooms at once, and the sports rooms.
//
// The adapter knows other rooms, too: one for each socket, and those of the chat. What a client may name is a namespace of its
// own among them, so that nobody hears what is for somebody else by joining their id.

import { nameOf } from "./chat/names.mjs";
import { listen } from "./listen.mjs";

/** Neither the id of a socket nor a room of the chat starts so. */
const MARK = "room:";
/** Of one socket at a time. */
const MOST_ROOMS = 20;

export function rooms(io, socket) {
  listen(socket, {
    joinRoom: async ([given], ack) => {
      const { room, error } = await join(socket, given);
      if (error) return ack({ error });
      io.to(inner(room)).emit("roomMessage", `${socket.id} joined ${room}`);
      return ack({ rooms: named(socket) });
    },
    leaveRoom: async ([room], ack) => {
      await socket.leave(inner(room));
      io.to(inner(room)).emit("roomMessage", `${socket.id} left ${room.trim()}`);
      ack({ rooms: named(socket) });
    },
    rooms: (_args, ack) => ack(named(socket)),
    roomMessage: ([room, text]) => io.to(inner(room)).emit("roomMessage", text),
    "room message": ([room, text]) => io.to(inner(room)).emit("room message", text),
    chatMessage: ([{ room, message }]) => io.to(inner(room)).emit("chatMessage", { user: socket.id, text: message }),
    "room-event": ([room, data]) => socket.to(inner(room)).emit("room-event", data),
    "multi-room": ([list, data]) => {
      const everyRoom = list.reduce((target, room) => target.to(inner(room)), io);
      everyRoom.emit("multi-room", data);
    },

    "join-team-room": async ([given], ack) => {
      const { room: team, error } = await join(socket, given);
      if (error) return ack({ error });
      socket.emit("welcome-message", `Welcome to the ${team} fan club!`);
      return ack({ joined: team });
    },
    "send-score-update": ([team, score], ack) => {
      io.to(inner(team)).emit("score-update", score);
      ack({ sent: true });
    },
  });
}

/** Joins the room of that name, or says why it cannot be joined. */
export async function join(socket, given) {
  if (typeof given !== "string") return { error: "The name of the room is no text" };
  const { name: room, problem } = nameOf(given, "name of the room");
  if (problem) return { error: problem };
  const joined = named(socket);
  if (joined.length >= MOST_ROOMS && !joined.includes(room)) {
    return { error: `You are in ${MOST_ROOMS} rooms: leave one first` };
  }
  await socket.join(inner(room));
  return { room };
}

/** What the adapter calls it. */
export const inner = (room) => `${MARK}${room.trim()}`;

/** The rooms a socket joined itself. */
export function named(socket) {
  return [...socket.rooms].filter((it) => it.startsWith(MARK)).map((it) => it.slice(MARK.length)).sort();
}
