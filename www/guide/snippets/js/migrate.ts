// #region all
// before: import { io } from "socket.io-client";
import { io } from "sockeye-client";

const socket = io("https://chat.example.com", { auth: { token: "…" } });
socket.on("connect", () => socket.emit("user-join", "ada"));
socket.on("disconnect", (reason) => console.log("lost:", reason));
// #endregion

// #region beyond
const later = new AbortController();
socket.on("news", (text) => console.log(text), { signal: later.signal });

await socket.drained(); // half of what waited has left
for await (const [message] of socket.events("chat-message", { signal: later.signal })) console.log(message);
const isComplete = await socket.io.drain({ timeout: 2_000 }); // say what is left to say, then close
// #endregion
console.log(isComplete);
