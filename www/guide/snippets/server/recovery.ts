import { Server } from "socket.io";

// #region all
const io = new Server({
  connectionStateRecovery: { maxDisconnectionDuration: 2 * 60 * 1000 },
});

io.on("connection", (socket) => {
  if (!socket.recovered) void socket.join("news"); // rooms of a recovered session are there already
});
// #endregion
