import { io } from "sockeye-client";

// #region watch
const socket = io("https://chat.example.com");

socket.io.on("open", () => {
  const { engine } = socket.io; // another one for each attempt
  console.log("began with", engine.transport.name);
  engine.on("upgrade", (transport) => console.log("goes on with", transport.name));
  engine.on("upgradeError", (error) => console.log("stays with polling:", error.message));
});
// #endregion

// #region choose
io("https://chat.example.com", { transports: ["websocket"] });
io("https://chat.example.com", { transports: ["websocket", "polling"], tryAllTransports: true });
io("https://chat.example.com", { rememberUpgrade: true });
// #endregion
