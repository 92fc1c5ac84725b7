import { socket } from "./socket";

// #region all
export function cleanUp() {
  socket.off("connect"); // takes the listeners of every other component, too
}
// #endregion
