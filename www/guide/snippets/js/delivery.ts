import { io } from "sockeye-client";

declare function show(words: string): void;
// #region ask
const socket = io("https://chat.example.com");

try {
  const answer = await socket.timeout(5_000).emitWithAck("save", { text: "hello" });
  show(`saved as ${answer.id}`);
} catch {
  show("no answer: it may have been saved or not"); // late, or the connection broke meanwhile
}
// #endregion

// #region answer
socket.on("question", (text, reply) => {
  reply(`you asked ${text}`); // once; a second call is not sent
});
// #endregion

// #region retries
const orders = io("https://chat.example.com/orders", { retries: 3, ackTimeout: 5_000 });

orders.emit("order", { id: crypto.randomUUID(), item: "tea" }, (error: Error | null) => {
  show(error ? "nobody took the order" : "ordered");
});
// #endregion
