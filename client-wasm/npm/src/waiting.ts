/** What waits to leave, and how much of it may (beyond the reference). */
import { Parcel } from "./binary";
import { fail } from "./errors";
import { REFUSALS } from "./failures";
import { Refused } from "./machine";
import type { Queued } from "./retries";
import type { Packet, Socket } from "./socket";

type Waiting = (Packet | Queued) & { $room?: number };

/** How much room an event takes, about. It is looked at once; what cannot be written takes none. */
function room(it: Waiting): number {
  if (it.$room === undefined) {
    it.$room = 0;
    try {
      it.$room = new Parcel(data(it)).$size;
    } catch {}
  }
  return it.$room;
}

const data = (it: Waiting) => ("args" in it ? it.args : it.data);

/** Of the queue all but what was sent and may be answered yet. */
const queued = ({ connected, _queue: queue }: Socket) => queue.slice(+!!(connected && queue[0]?.pending));

export const count = (socket: Socket): number => socket.sendBuffer.length + queued(socket).length;

export function amount(socket: Socket): number {
  let sum = 0;
  for (const it of socket.sendBuffer) sum += room(it);
  for (const it of queued(socket)) sum += room(it);
  return sum;
}

/** Whether it may wait, if the application gave a limit; for which others may have to go. */
export function admit(socket: Socket, it: Waiting): boolean {
  const { sendBufferMax: max = Infinity, sendBufferBytes: bytes = Infinity, overflow } = socket._opts;
  const isLimited = bytes < Infinity;
  const isFull = () => count(socket) >= max || (isLimited && amount(socket) + room(it) > bytes);
  // What alone is too large makes nobody else go.
  const isOldest = overflow === "drop-oldest" && max > 0 && (!isLimited || room(it) <= bytes);
  while (isFull()) {
    if (!overflow || overflow === "reject") socket.$refuse({ data: data(it) }, Refused.Full);
    drop(socket, isOldest ? oldest(socket) : it);
    if (!isOldest) return false;
  }
  return true;
}

function oldest({ sendBuffer, _queue: queue, connected }: Socket): Waiting {
  return sendBuffer.shift() || queue.splice(+(connected && queue[0].pending), 1)[0];
}

/** Who waits for its answer is told. */
function drop(socket: Socket, it: Waiting): void {
  const answer = "args" in it ? it.$answer : socket.$forget(it.id);
  if ("args" in it || answer?.withError) answer?.call(socket, fail(...REFUSALS[Refused.Full]));
}
