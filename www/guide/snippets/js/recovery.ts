import { io } from "sockeye-client";

declare function showHistory(messages: string[]): void;
// #region all
const socket = io("https://chat.example.com");

socket.on("connect", async () => {
  // What was missed has been delivered already, in order, before this.
  if (socket.recovered) return;
  showHistory(await socket.emitWithAck("history"));
});
// #endregion
