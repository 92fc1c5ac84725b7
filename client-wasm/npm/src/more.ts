/** What no client of Socket.IO has (beyond the reference): all of it opt-in. */
import type { Listener, ListenOptions } from "./emitter";
import { Manager, type State } from "./manager";
import { Socket } from "./socket";
import { amount, count } from "./waiting";

type Waiting = { timeout?: number; signal?: AbortSignal };

/** Resolves once `isDone`, which is asked again whenever something has left or come. */
function until(manager: Manager, isDone: () => boolean, { timeout, signal }: Waiting = {}): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void) => {
      clearTimeout(timer);
      manager.$watchers.delete(look);
      signal?.removeEventListener("abort", abort);
      act();
    };
    const look = () => isDone() && end(() => resolve(true));
    const abort = () => end(() => reject(signal!.reason));
    const timer = timeout === undefined ? undefined : setTimeout(() => end(() => resolve(false)), timeout);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    manager.$watchers.add(look);
    look();
  });
}

/** The transport has all of it, and could take more. */
const isEmpty = ({ engine, _readyState: state }: Manager) =>
  state !== "open" || (!engine!.$handed.length && engine!.transport.writable);
const isQuiet = (it: Socket) => !it.sendBuffer.length && !it._queue.length && !Object.keys(it.acks).length;

const additions = {
  /** The next attempt starts now, instead of when it is due. */
  reconnectNow(this: Manager): Manager {
    this.$hurry();
    return this;
  },

  /** Takes nothing new, lets what waits leave and its answers come, then closes; at the latest after `timeout`. */
  async drain(this: Manager, options?: Waiting): Promise<boolean> {
    const sockets = Object.values(this.nsps).filter((it) => it.active);
    for (const it of sockets) it.$isDraining = true;
    try {
      return await until(this, () => sockets.every(isQuiet) && isEmpty(this), options);
    } finally {
      for (const it of sockets) {
        it.$isDraining = false;
        it.disconnect();
      }
    }
  },

  /** Lets go of the connection and keeps what waits, until `resume`. */
  suspend(this: Manager): Manager {
    this.$isSuspended = true;
    this._close();
    return this;
  },

  resume(this: Manager): Manager {
    if (!this.$isSuspended) return this;
    this.$isSuspended = false;
    this.$rejoin();
    return this;
  },
};

type Result = IteratorResult<unknown[]>;
const OVER: Result = { value: undefined, done: true };

const socketAdditions = {
  /** Resolves when the transport has taken what it was given, and half of the send buffer is free (all, without limits). */
  async drained(this: Socket, options?: ListenOptions): Promise<void> {
    const { sendBufferMax = 0, sendBufferBytes = 0 } = this._opts;
    const isRoomy = () =>
      isEmpty(this.io) &&
      count(this) <= sendBufferMax / 2 &&
      (!sendBufferBytes || amount(this) <= sendBufferBytes / 2);
    await until(this.io, isRoomy, options);
  },

  /** The arguments of an event as they come; what waits to be read is at most `limit`, the oldest go first. */
  events(this: Socket, event: unknown, { signal, limit = 1024 }: ListenOptions & { limit?: number } = {}) {
    const waiting: unknown[][] = [];
    const readers: ((result: Result) => void)[] = [];
    let isOver = !!signal?.aborted;
    const listener: Listener = (...value) => {
      const reader = readers.shift();
      if (reader) reader({ value, done: false });
      else if (waiting.push(value) > limit) waiting.shift();
    };
    const end = () => {
      isOver = true;
      this.off(event, listener);
      signal?.removeEventListener("abort", end);
      for (const reader of readers.splice(0)) reader(OVER);
    };
    if (!isOver) {
      this.on(event, listener);
      // Whoever removes it: nothing comes any more.
      listener.$end = end;
      signal?.addEventListener("abort", end);
    }
    const iterator = {
      [Symbol.asyncIterator]: () => iterator,
      async next(): Promise<Result> {
        const value = waiting.shift();
        if (value) return { value, done: false };
        return isOver ? OVER : new Promise((resolve) => readers.push(resolve));
      },
      async return(): Promise<Result> {
        end();
        waiting.length = 0;
        return OVER;
      },
    };
    return iterator;
  },
};

const getters = {
  state: {
    get(this: Socket): State {
      if (this.connected) return "connected";
      const { state } = this.io;
      return this.active ? (state === "connected" ? "connecting" : state) : "idle";
    },
  },
  bufferedAmount: {
    get(this: Socket): number {
      const { engine, $machine: machine } = this.io;
      const { ws } = (engine?.transport || {}) as { ws?: WebSocket };
      return amount(this) + (machine?.$waiting || ws?.bufferedAmount || 0);
    },
  },
};

/** For what goes beyond the reference to be there, an entry says so. */
export function extend(): void {
  Object.assign(Manager.prototype, additions);
  Object.assign(Socket.prototype, socketAdditions);
  Object.defineProperties(Socket.prototype, getters as PropertyDescriptorMap);
}
