/** What the reference does not have. */
import { io, type Socket } from "CLIENT";
import { same } from "./equal.mjs";

interface ServerToClient {
  chat: (text: string, from: { id: number }) => void;
}
interface ClientToServer {
  save: (text: string, answer: (id: number) => void) => void;
  sum: (a: number, b: number) => number;
  fetch: (key: string) => Promise<string>;
  plain: (text: string) => void;
}
const socket: Socket<ServerToClient, ClientToServer> = io({
  sendBufferMax: 100,
  sendBufferBytes: 1e6,
  overflow: "drop-oldest",
  pageLife: false,
  timeout: false,
});
// @ts-expect-error
io({ overflow: "explode" });

// Answers keep their type after `timeout` (Y-09, issue 4925).
same<ReturnType<typeof socket.timeout> extends Socket<any, any, ClientToServer> ? true : false, true>(true);
const id = socket.timeout(5).emitWithAck("save", "text");
same<typeof id, Promise<number>>(true);
// @ts-expect-error
socket.timeout(5).emitWithAck("save", 5);
const annotated: Socket<ServerToClient, any> = socket.timeout(5);

// An event may say by what it returns what its answer is.
const sum = socket.emitWithAck("sum", 1, 2);
same<typeof sum, Promise<number>>(true);
const value = socket.timeout(5).emitWithAck("fetch", "key");
same<typeof value, Promise<string>>(true);
// @ts-expect-error
socket.emitWithAck("sum", 1);
// @ts-expect-error
socket.emitWithAck("plain", "text");

const { signal } = new AbortController();
socket.on("chat", (text) => text.length, { signal }).once("connect", () => {}, { signal });
const ended = socket.emitWithAck("save", "text", { signal });
same<typeof ended, Promise<number>>(true);
// @ts-expect-error
socket.emitWithAck("save", "text", { signal: "now" });
// @ts-expect-error
socket.on("chat", () => {}, { signal: 5 });

for await (const [text, from] of socket.events("chat", { signal, limit: 10 })) {
  same<typeof text, string>(true);
  same<typeof from, { id: number }>(true);
}
// @ts-expect-error
socket.events("unknown");

const amount: number = socket.bufferedAmount;
await socket.drained();
// @ts-expect-error
socket.bufferedAmount = 5;

socket.on("connect_error", (error) => same<typeof error.code, string | undefined>(true));
switch (socket.state) {
  case "idle":
  case "connecting":
  case "connected":
  case "reconnecting":
    break;
  default:
    same<typeof socket.state, never>(true);
}
socket.io.on("state", ({ state, attempt, delay }) => {
  same<typeof state, Socket.State>(true);
  same<typeof attempt, number | undefined>(true);
  same<typeof delay, number | undefined>(true);
});
const inTime = await socket.io.reconnectNow().suspend().resume().drain({ timeout: 1000, signal });
same<typeof inTime, boolean>(true);
// @ts-expect-error
socket.io.drain(1000);
const forced: Socket.AnyDisconnectReason = "forced close";
// @ts-expect-error
const undeclared: Socket.DisconnectReason = "forced close";
export { amount, annotated, forced, undeclared };
