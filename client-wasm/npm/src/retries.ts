/** What is tried again until it is answered, one event at a time (the option `retries`). */
import { admit } from "./waiting";
import type { Answer, Flags, Socket } from "./socket";

export type Queued = {
  id: number;
  tryCount: number;
  pending: boolean;
  args: unknown[];
  flags: Flags;
  $answer?: Answer;
};

export function enqueue(socket: Socket, args: any[], flags: Flags): void {
  const answer = typeof args[args.length - 1] === "function" ? args.pop() : undefined;
  const it: Queued = {
    id: socket._queueSeq++,
    tryCount: 0,
    pending: false,
    args,
    flags: { ...flags, fromQueue: true },
    $answer: answer,
  };
  // What leaves at once does not wait.
  if ((!socket.connected || socket._queue.length) && !admit(socket, it)) return;
  args.push((error: unknown, ...rest: unknown[]) => {
    if (it !== socket._queue[0]) return;
    if (error === null || it.tryCount > socket._opts.retries) {
      socket._queue.shift();
      answer?.(error, ...rest);
    }
    it.pending = false;
    tryNext(socket);
  });
  socket._queue.push(it);
  tryNext(socket, false, it);
}

/** `own` is what is emitted just now. */
export function tryNext(socket: Socket, again = false, own?: Queued): void {
  const it = socket._queue[0];
  if (!socket.connected || !it || (it.pending && !again)) return;
  it.pending = true;
  it.tryCount++;
  socket.flags = it.flags;
  try {
    socket.emit(...(it.args as [any, ...any[]]));
  } catch (error) {
    // What cannot leave now never can: it would hold up all that waits behind it.
    socket._queue.shift();
    if (it === own) throw error;
    socket.$settle(it.$answer, error);
    tryNext(socket);
  }
}
