import { createServer } from "node:http";
import { Server } from "socket.io";

const httpServer = createServer();
// #region all
const io = new Server(httpServer, {
  cors: { origin: "https://app.example.com", credentials: true },
});
// #endregion
void io;
