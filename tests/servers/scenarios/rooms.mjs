// Rooms, several rooms at once, and the sports rooms.

import { listen } from "./listen.mjs";

export function rooms(io, socket) {
  listen(socket, {
    joinRoom: async ([room], ack) => {
      await socket.join(room);
      io.to(room).emit("roomMessage", `${socket.id} joined ${room}`);
      ack({ rooms: named(socket) });
    },
    leaveRoom: async ([room], ack) => {
      await socket.leave(room);
      io.to(room).emit("roomMessage", `${socket.id} left ${room}`);
      ack({ rooms: named(socket) });
    },
    rooms: (_args, ack) => ack(named(socket)),
    roomMessage: ([room, text]) => io.to(room).emit("roomMessage", text),
    "room message": ([room, text]) => io.to(room).emit("room message", text),
    chatMessage: ([{ room, message }]) => io.to(room).emit("chatMessage", { user: socket.id, text: message }),
    "room-event": ([room, data]) => socket.to(room).emit("room-event", data),
    "multi-room": ([list, data]) => {
      const everyRoom = list.reduce((target, room) => target.to(room), io);
      everyRoom.emit("multi-room", data);
    },

    "join-team-room": async ([team], ack) => {
      await socket.join(team);
      socket.emit("welcome-message", `Welcome to the ${team} fan club!`);
      ack({ joined: team });
    },
    "send-score-update": ([team, score], ack) => {
      io.to(team).emit("score-update", score);
      ack({ sent: true });
    },
  });
}

/** The rooms a socket joined itself; the one that bears its id goes without saying. */
function named(socket) {
  return [...socket.rooms].filter((room) => room !== socket.id).sort();
}
