// Everything on `/` is installed here; a namespace that is itself the point has a file of its own.

import { acks } from "./acks.mjs";
import { admin } from "./admin.mjs";
import { auth } from "./auth.mjs";
import { basics } from "./basics.mjs";
import { binary } from "./binary.mjs";
import { createChat } from "./chat.mjs";
import { disconnects } from "./disconnects.mjs";
import { namespaces } from "./namespaces.mjs";
import { recovery } from "./recovery.mjs";
import { rooms } from "./rooms.mjs";
import { traffic } from "./traffic.mjs";
import { tutorial } from "./tutorial.mjs";

/** `adminToken` is what `/admin` asks for, if anything. */
export function installScenarios(io, { adminToken } = {}) {
  const chat = createChat(io);
  const log = disconnectLog();
  io.on("connection", (socket) => {
    log.watch(socket);
    basics(io, socket);
    rooms(io, socket);
    chat(socket);
    acks(io, socket);
    binary(socket);
    disconnects(socket);
    traffic(socket);
  });
  admin(io, log, adminToken);
  auth(io);
  namespaces(io);
  recovery(io);
  tutorial(io);
}

/** Why the server thinks that sockets of `/` left: `/admin` tells. */
function disconnectLog() {
  const KEPT = 200;
  const entries = [];
  return {
    entries,
    watch(socket) {
      socket.on("disconnect", (reason) => {
        entries.push({ id: socket.id, reason });
        if (entries.length > KEPT) entries.shift();
      });
    },
  };
}
