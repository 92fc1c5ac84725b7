import { io } from "sockeye-client";

const tryNow = document.querySelector("#try-now") as HTMLButtonElement;
// #region options
const socket = io("https://chat.example.com", {
  reconnectionDelay: 500, // the first wait, about
  reconnectionDelayMax: 30_000, // the longest
  randomizationFactor: 0.5, // a wait of 10 s is one of 5 to 15 s
  reconnectionAttempts: Infinity,
  timeout: 10_000, // of one attempt
});
// #endregion

// #region events
const { io: manager } = socket;
manager.on("reconnect_attempt", (attempt) => console.log("attempt", attempt, "begins"));
manager.on("reconnect_error", (error) => console.log("it failed:", error.message));
manager.on("reconnect", (attempt) => console.log("back, at attempt", attempt));
manager.on("reconnect_failed", () => console.log("given up"));
tryNow.addEventListener("click", () => manager.reconnectNow());
// #endregion

// #region buffer
const careful = io("https://chat.example.com", { sendBufferMax: 100, overflow: "reject" });

careful.emit("chat-message", { text: "waits while there is no connection" });
careful.volatile.emit("typing"); // dropped instead: it would be stale
careful.timeout(5_000).emit("chat-message", { text: "answered within 5 s?" }, (error: Error | null) => {
  if (error) console.log("no answer came");
});
// #endregion

// #region auth
const secure = io("https://chat.example.com/secure", {
  auth: (answer) => fresh().then((token) => answer({ token })),
});

secure.on("connect_error", async (error) => {
  if (secure.active) return; // the connection broke; the next attempt comes by itself
  console.log("refused:", error.message); // the server said no; only you can say when to ask again
});
// #endregion

async function fresh(): Promise<string> {
  return (await fetch("/token")).text();
}
