/** Who listens to what: the emitter that sockets, managers and engines are. */

export type Listener = ((...args: any[]) => void) & { fn?: Listener; $end?: () => void };
/** Ends a subscription when it is aborted. */
export type ListenOptions = { signal?: AbortSignal };

export class Emitter {
  // A map: event names may be the names of an object's own members.
  // By its text: a listener of "7" hears an event that a server calls 7 (B-14).
  $listeners = new Map<string, Listener[]>();

  on(event: unknown, listener: Listener, options?: ListenOptions): this {
    if (!options?.signal) return this.$add(event, listener);
    // A signal ends this subscription, and no other of the same listener.
    const heard: Listener = (...args) => listener.apply(this, args);
    heard.fn = listener;
    return this.$add(event, heard, options.signal);
  }

  once(event: unknown, listener: Listener, options?: ListenOptions): this {
    const wrapper: Listener = (...args) => {
      this.off(event, wrapper);
      listener.apply(this, args);
    };
    wrapper.fn = listener;
    return this.$add(event, wrapper, options?.signal);
  }

  $add(event: unknown, listener: Listener, signal?: AbortSignal): this {
    if (signal?.aborted) return this;
    // A copy, so that a dispatch that is under way keeps its list.
    this.$listeners.set(`${event}`, [...this.listeners(event), listener]);
    if (signal) {
      const end = () => this.off(event, listener);
      signal.addEventListener("abort", end);
      listener.$end = () => signal.removeEventListener("abort", end);
    }
    return this;
  }

  off(...args: [event?: unknown, listener?: Listener]): this {
    const [event, listener] = args;
    let gone = args.length ? this.listeners(event) : [...this.$listeners.values()].flat();
    if (args.length < 2) {
      if (args.length) this.$listeners.delete(`${event}`);
      else this.$listeners.clear();
    } else {
      const rest = [...gone];
      const at = rest.findIndex((it) => it === listener || it.fn === listener);
      gone = at < 0 ? [] : rest.splice(at, 1);
      if (rest.length) this.$listeners.set(`${event}`, rest);
      else this.$listeners.delete(`${event}`);
    }
    for (const it of gone) it.$end?.();
    return this;
  }

  emit(event: unknown, ...args: unknown[]): this {
    return this.$tell(event, args);
  }

  emitReserved(event: string, ...args: unknown[]): this {
    return this.$tell(event, args);
  }

  listeners(event: unknown): Listener[] {
    return this.$listeners.get(`${event}`) || [];
  }

  hasListeners(event: unknown): boolean {
    return !!this.listeners(event).length;
  }

  /** Its listeners as component-emitter keeps them, for who looks there (M-04). */
  get _callbacks(): Record<string, Listener[]> | null | undefined {
    return Object.fromEntries(Array.from(this.$listeners, ([event, all]) => [`$${event}`, all]));
  }

  /** All others are gone: so some hand their listeners over to another socket. */
  set _callbacks(all: Record<string, Listener[]> | null | undefined) {
    this.$listeners = new Map(Object.entries(all || {}).map(([event, them]) => [event.slice(1), them]));
  }

  $tell(event: unknown, args: unknown[]): this {
    for (const listener of this.listeners(event)) listener.apply(this, args);
    return this;
  }
}

export interface Emitter {
  addEventListener: Emitter["on"];
  removeListener: Emitter["off"];
  removeAllListeners: Emitter["off"];
  removeEventListener: Emitter["off"];
}

const prototype = Emitter.prototype;
prototype.addEventListener = prototype.on;
prototype.removeListener = prototype.removeAllListeners = prototype.removeEventListener = prototype.off;
