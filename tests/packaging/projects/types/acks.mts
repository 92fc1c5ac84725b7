/** Acknowledgements (Y-07 to Y-09). */
import { io, type Socket } from "CLIENT";
import { same } from "./equal.mjs";

interface ClientToServer {
  save: (text: string, answer: (status: "ok" | "error", id: number) => void) => void;
  rooms: (answer: (rooms: string[]) => void) => void;
  plain: (text: string) => void;
}

const socket: Socket<{}, ClientToServer> = io();

socket.emit("save", "text", (status, id) => {
  same<typeof status, "ok" | "error">(true);
  same<typeof id, number>(true);
});
// After `timeout` an error comes first.
socket.timeout(1000).emit("save", "text", (error, status, id) => {
  same<typeof error, Error>(true);
  same<typeof status, "ok" | "error">(true);
  same<typeof id, number>(true);
});
// @ts-expect-error
socket.emit("save", "text", (error: Error, status: string) => [error, status]);

const rooms = socket.emitWithAck("rooms");
same<typeof rooms, Promise<string[]>>(true);
// @ts-expect-error
socket.emitWithAck("rooms", "one too many");
// @ts-expect-error
socket.emitWithAck("save", 5);
// An event without an answer cannot be waited for (U-12).
// @ts-expect-error
socket.emitWithAck("plain", "text");

const volatile: Socket<{}, ClientToServer> = socket.volatile.compress(false);
volatile.emit("plain", "text");

const untyped: Promise<any> = io().emitWithAck("anything", 1, 2);
const late: Promise<any> = io().timeout(5).emitWithAck("anything", 1, 2);
export { late, untyped };
