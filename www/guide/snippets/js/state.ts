import { io } from "sockeye-client";

const banner = document.querySelector("#connection") as HTMLElement;
// #region watch
const socket = io("https://chat.example.com");

socket.io.on("state", ({ state, attempt, delay }) => {
  const words = { idle: "offline", connecting: "connecting …", connected: "connected", reconnecting: "" };
  banner.textContent = words[state] || `attempt ${attempt} in ${Math.round((delay ?? 0) / 1000)} s`;
});
// #endregion

// #region namespaces
const chat = io("https://chat.example.com/");
const admin = io("https://chat.example.com/admin", { auth: { token: "…" } });

// One connection carries both; each namespace is joined, refused or left by itself.
admin.on("connect_error", (error) => console.log("not let in:", error.message));
console.log(chat.io === admin.io, chat.connected, admin.active);
// #endregion
