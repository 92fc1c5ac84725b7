/** What no client of Socket.IO has (beyond the reference): all of it opt-in. */
import { Parcel } from "./binary";
import type { ListenOptions } from "./emitter";
import { Manager, type State } from "./manager";
import { Socket } from "./socket";

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
      return await until(this, () => sockets.every(isQuiet) && !this.engine?.writeBuffer.length, options);
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
    this.$configure();
    this.engine?.close();
    return this;
  },

  resume(this: Manager): Manager {
    if (!this.$isSuspended) return this;
    this.$isSuspended = false;
    this.$configure();
    if (Object.values(this.nsps).some((it) => it.active)) this.open();
    return this;
  },
};

const socketAdditions = {
  /** Resolves when half of the send buffer is free; without limits, when it is empty. */
  async drained(this: Socket, options?: ListenOptions): Promise<void> {
    const { sendBufferMax = 0, sendBufferBytes = 0 } = this.$opts;
    const isRoomy = () =>
      this.sendBuffer.length <= sendBufferMax / 2 && (!sendBufferBytes || this.bufferedAmount <= sendBufferBytes / 2);
    await until(this.io, isRoomy, options);
  },

  /** The arguments of an event as they come; what waits to be read is at most `limit`, the oldest go first. */
  events(this: Socket, event: unknown, { signal, limit = 1024 }: ListenOptions & { limit?: number } = {}) {
    const waiting: unknown[][] = [];
    let wake: (() => void) | undefined;
    let isOver = !!signal?.aborted;
    const listener = (...args: unknown[]) => {
      if (waiting.push(args) > limit) waiting.shift();
      wake?.();
    };
    const end = () => {
      isOver = true;
      this.off(event, listener);
      signal?.removeEventListener("abort", end);
      wake?.();
    };
    if (!isOver) {
      this.on(event, listener);
      signal?.addEventListener("abort", end);
    }
    const iterator = {
      [Symbol.asyncIterator]: () => iterator,
      async next(): Promise<IteratorResult<unknown[]>> {
        while (!waiting.length && !isOver) await new Promise<void>((resolve) => (wake = resolve));
        const value = waiting.shift();
        return value ? { value, done: false } : { value: undefined, done: true };
      },
      async return(): Promise<IteratorResult<unknown[]>> {
        end();
        waiting.length = 0;
        return { value: undefined, done: true };
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
      const waiting = this.sendBuffer.reduce((sum, { data }) => sum + new Parcel(data).$size, 0);
      return waiting + ((this.io.engine?.transport as { ws?: WebSocket })?.ws?.bufferedAmount || 0);
    },
  },
};

/** For what goes beyond the reference to be there, an entry says so. */
export function extend(): void {
  Object.assign(Manager.prototype, additions);
  Object.assign(Socket.prototype, socketAdditions);
  Object.defineProperties(Socket.prototype, getters as PropertyDescriptorMap);
}
