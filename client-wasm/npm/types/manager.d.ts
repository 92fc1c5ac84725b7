/** A connection, and how it comes back. */
import type { Socket as Engine, SocketOptions as EngineOptions } from "./engine.js";
import type { DefaultEventsMap, EventsMap, ListenOptions } from "./events.js";
import { Emitter } from "./events.js";
import type { DisconnectDescription, Packet, Socket, SocketOptions } from "./socket.js";

/** All are optional where they are given. */
export interface ManagerOptions extends EngineOptions {
  /** Whether this call gets a connection of its own. Default `false`. */
  forceNew: boolean;
  /** Whether namespaces of one server share a connection. Default `true`. */
  multiplex: boolean;
  /** Where Engine.IO is on the server. Default `"/socket.io"`. */
  path: string;
  /** Whether a connection that is lost, or does not come about, is tried again. Default `true`. */
  reconnection: boolean;
  /** How often in a row, before `reconnect_failed`. Default `Infinity`. */
  reconnectionAttempts: number;
  /** The first wait, in ms; each failure doubles it. Default `1000`. */
  reconnectionDelay: number;
  /** The longest wait, in ms. Default `5000`. */
  reconnectionDelayMax: number;
  /** The share of a wait, from 0 to 1, by which it is shortened or prolonged by chance. Default `0.5`. */
  randomizationFactor: number;
  /** How long an attempt may take, in ms; `false` for no limit. Default `20000`. */
  timeout: number | false;
  /** Whether `io()` connects at once. If not, `socket.connect()` does. Default `true`. */
  autoConnect: boolean;
  /** Writes and reads packets in place of JSON, as `sockeye-client/msgpack` does. The server needs the same one. */
  parser: any;
  /** Try again as soon as the page is online, look at the heartbeat when it wakes up. Default `true`. */
  pageLife: boolean;
}

export interface StateChange {
  state: Socket.State;
  /** Which attempt comes next, from 1; while reconnecting. */
  attempt?: number;
  /** In how many ms. */
  delay?: number;
}

export interface ManagerReservedEvents {
  open: () => void;
  error: (err: Error) => void;
  ping: () => void;
  packet: (packet: Packet) => void;
  close: (reason: string, description?: DisconnectDescription) => void;
  reconnect_failed: () => void;
  reconnect_attempt: (attempt: number) => void;
  reconnect_error: (err: Error) => void;
  reconnect: (attempt: number) => void;
  state: (change: StateChange) => void;
}

export interface DrainOptions extends ListenOptions {
  /** After how many ms it closes although something waits. */
  timeout?: number;
}

export declare class Manager<
  ListenEvents extends EventsMap = DefaultEventsMap,
  EmitEvents extends EventsMap = ListenEvents,
> extends Emitter<{}, {}, ManagerReservedEvents> {
  /** Another one for each attempt. */
  engine: Engine;
  /** The caller's object itself; it is read again at each attempt. */
  opts: Partial<ManagerOptions>;
  _autoConnect: boolean;
  _readyState: "opening" | "open" | "closed";
  readonly backoff: { ms: number; max: number; factor: number; jitter: number; attempts: number };
  _reconnecting: boolean;

  constructor(opts: Partial<ManagerOptions>);
  constructor(uri?: string, opts?: Partial<ManagerOptions>);
  constructor(uri?: string | Partial<ManagerOptions>, opts?: Partial<ManagerOptions>);

  get state(): Socket.State;

  reconnection(v: boolean): this;
  reconnection(): boolean;
  reconnection(v?: boolean): this | boolean;

  reconnectionAttempts(v: number): this;
  reconnectionAttempts(): number;
  reconnectionAttempts(v?: number): this | number;

  reconnectionDelay(v: number): this;
  reconnectionDelay(): number;
  reconnectionDelay(v?: number): this | number;

  randomizationFactor(v: number): this;
  randomizationFactor(): number;
  randomizationFactor(v?: number): this | number;

  reconnectionDelayMax(v: number): this;
  reconnectionDelayMax(): number;
  reconnectionDelayMax(v?: number): this | number;

  timeout(v: number | boolean): this;
  timeout(): number | boolean;
  timeout(v?: number | boolean): this | number | boolean;

  open(fn?: (err?: Error) => void): this;
  connect(fn?: (err?: Error) => void): this;
  socket(nsp: string, opts?: Partial<SocketOptions>): Socket;
  _close(): void;
  /** As `_close()`: the connection ends and does not come back by itself; the sockets join again after `open()`. */
  disconnect(): void;
  /** An attempt after `reconnectionDelay`, where none would be made by itself. */
  reconnect(): this;
  /** Whether it was closed on purpose, or is wanted by no socket; `true` ends the loop of attempts. */
  skipReconnect: boolean;

  /** Makes the next attempt now instead of when it is due. */
  reconnectNow(): this;
  /** Takes no new events, sends what waits, waits for what is to be acknowledged, then closes; whether it was in time. */
  drain(options?: DrainOptions): Promise<boolean>;
  /** Lets go of the connection until `resume()`, and keeps what waits. */
  suspend(): this;
  resume(): this;
}
