/** Event maps and listeners (Y-02 to Y-05, Y-11, Y-12). */
import { io, Manager, Socket } from "CLIENT";
import { same } from "./equal.mjs";

interface ServerToClient {
  noArg: () => void;
  basic: (a: number, b: string) => void;
  withAck: (d: string, callback: (e: number) => void) => void;
}
interface ClientToServer {
  hello: (name: string) => void;
  nothing: () => void;
}

// The maps are said at the variable, not at `io` (Y-02).
const socket: Socket<ServerToClient, ClientToServer> = io("http://127.0.0.1:3000");
// @ts-expect-error
io<ServerToClient, ClientToServer>();
const untyped = io();
const listenOnly: Socket<ServerToClient> = io();

socket.on("basic", (a, b) => {
  same<typeof a, number>(true);
  same<typeof b, string>(true);
});
socket.once("withAck", (d, callback) => {
  same<typeof d, string>(true);
  callback(5);
  // @ts-expect-error
  callback("five");
});
// @ts-expect-error
socket.on("unknown", () => {});
// @ts-expect-error
socket.on("basic", (a: string) => a);
socket.off("basic").off().removeListener("basic").removeAllListeners();
same<ReturnType<typeof socket.hasListeners>, boolean>(true);
const listeners: ((a: number, b: string) => void)[] = socket.listeners("basic");
listeners[0]?.(1, "b");

socket.emit("hello", "ada").emit("nothing");
// @ts-expect-error
socket.emit("hello");
// @ts-expect-error
socket.emit("hello", 5);
// @ts-expect-error
socket.emit("basic", 1, "b");
listenOnly.emit("basic", 1, "b");

// Without maps, everything goes.
untyped.on("anything", (a, b, c) => [a, b, c]);
untyped.on("anything", async () => {});
untyped.emit("anything", 1, "two", () => {});
untyped.send("a", 1);

// Reserved events have their own listeners (Y-12).
socket.on("connect", () => {});
socket.on("disconnect", (reason, description) => {
  const known: Socket.DisconnectReason = reason;
  if (description instanceof Error) description.message;
  else description?.context;
  return known;
});
socket.on("connect_error", (error) => {
  same<typeof error.message, string>(true);
  error.data?.code;
});
// @ts-expect-error
socket.on("disconnect", (reason: number) => reason);
// @ts-expect-error
socket.emit("connect");

// Catch-alls (Y-11).
socket.onAny((event: string, ...args: any[]) => [event, args]).prependAny(() => {}).offAny();
socket.onAnyOutgoing(() => {}).prependAnyOutgoing(() => {}).offAnyOutgoing(() => {});
same<ReturnType<typeof socket.listenersAny>, ((...args: any[]) => void)[]>(true);

const manager: Manager<ServerToClient, ClientToServer> = socket.io;
manager.on("reconnect_attempt", (attempt) => same<typeof attempt, number>(true));
manager.on("reconnect", (attempt) => same<typeof attempt, number>(true));
manager.on("close", (reason) => same<typeof reason, string>(true));
manager.on("error", (error) => error.message);
manager.on("ping", () => {}).on("open", () => {}).on("reconnect_failed", () => {});
manager.on("packet", ({ type, nsp }) => [type, nsp]);
// @ts-expect-error
manager.on("connect", () => {});
