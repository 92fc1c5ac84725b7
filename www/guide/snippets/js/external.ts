// #region all
import { init, io } from "sockeye-client/external";

await init(new URL("sockeye-client/core.wasm", import.meta.url));
const socket = io("https://chat.example.com");
// #endregion
socket.disconnect();
