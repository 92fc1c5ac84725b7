/** One namespace of a connection. */
import type { AckParams, AckResult, DecorateAcknowledgements } from "./acks.js";
import type { DefaultEventsMap, EventNames, EventParams, EventsMap, ListenOptions, Signal } from "./events.js";
import { Emitter } from "./events.js";
import type { Manager } from "./manager.js";

export interface SocketOptions {
  /** Sent with every CONNECT; a function is asked each time. */
  auth?: { [key: string]: any } | ((cb: (data: object) => void) => void);
  /** How often an event is sent again that was not acknowledged; they go one at a time, in order. Default `0`. */
  retries?: number;
  /** How long to wait for an acknowledgement, in ms. Default: without end. */
  ackTimeout?: number;
  /** How many events may wait for the connection. Default: without a limit. */
  sendBufferMax?: number;
  /** How many bytes may wait for it. Default: without a limit. */
  sendBufferBytes?: number;
  /** What happens to an event for which there is no room: `emit` throws, or one is dropped. Default `"reject"`. */
  overflow?: Overflow;
}

export type Overflow = "reject" | "drop-oldest" | "drop-newest";

export type DisconnectDescription = Error | { description: string; context?: unknown };

export interface ExtendedError extends Error {
  /** What a middleware of the server sent with its refusal. */
  data?: any;
  /** Which error it is, in a word that does not change. */
  readonly code?: string;
}

export interface SocketReservedEvents {
  connect: () => void;
  connect_error: (err: ExtendedError) => void;
  disconnect: (reason: Socket.DisconnectReason, description?: DisconnectDescription) => void;
}

/** As socket.io-parser has it. */
export interface Packet {
  type: number;
  nsp: string;
  data?: any;
  id?: number;
  attachments?: number;
}

export interface AckOptions {
  /** Ends the wait: the promise rejects with the signal's reason. */
  signal: Signal;
}

export interface EventsOptions extends ListenOptions {
  /** How many events may wait to be read, 1024 by default; the oldest go first. */
  limit?: number;
}

/** `Acks` are the events as `emitWithAck` knows them, which `timeout()` leaves as they are. */
export declare class Socket<
  ListenEvents extends EventsMap = DefaultEventsMap,
  EmitEvents extends EventsMap = ListenEvents,
  Acks extends EventsMap = EmitEvents,
> extends Emitter<ListenEvents, EmitEvents, SocketReservedEvents> {
  readonly io: Manager<ListenEvents, EmitEvents>;
  readonly nsp: string;
  /** Of this session; none while disconnected. */
  id: string | undefined;
  connected: boolean;
  /** Whether the server continued the session that was there before (connection state recovery). */
  recovered: boolean;
  auth: { [key: string]: any } | ((cb: (data: object) => void) => void);
  receiveBuffer: Array<ReadonlyArray<any>>;
  sendBuffer: Array<Packet>;

  constructor(io: Manager, nsp: string, opts?: Partial<SocketOptions>);

  get disconnected(): boolean;
  /** Whether it connects, or comes back, with its manager. */
  get active(): boolean;
  get state(): Socket.State;
  /** How many bytes wait to be sent. */
  get bufferedAmount(): number;

  connect(): this;
  open(): this;
  disconnect(): this;
  close(): this;

  send(...args: any[]): this;
  emit<Ev extends EventNames<EmitEvents>>(ev: Ev, ...args: EventParams<EmitEvents, Ev>): this;
  emitWithAck<Ev extends EventNames<Acks>>(ev: Ev, ...args: AckParams<Acks[Ev]>): Promise<AckResult<Acks[Ev]>>;
  emitWithAck<Ev extends EventNames<Acks>>(
    ev: Ev,
    ...args: [...AckParams<Acks[Ev]>, AckOptions]
  ): Promise<AckResult<Acks[Ev]>>;

  compress(compress: boolean): this;
  get volatile(): this;
  /** For the next event: its acknowledgement gets an error first, of which there is one after `timeout` ms. */
  timeout(timeout: number): Socket<ListenEvents, DecorateAcknowledgements<EmitEvents>, Acks>;

  /** Resolves when the transport has taken what it was given, and half of the send buffer is free (all, without limits). */
  drained(options?: ListenOptions): Promise<void>;
  /** The event's arguments as they come: `for await (const [message] of socket.events("chat"))`. */
  events<Ev extends EventNames<ListenEvents>>(
    ev: Ev,
    options?: EventsOptions,
  ): AsyncIterableIterator<EventParams<ListenEvents, Ev>>;

  onAny(listener: (...args: any[]) => void): this;
  prependAny(listener: (...args: any[]) => void): this;
  offAny(listener?: (...args: any[]) => void): this;
  listenersAny(): ((...args: any[]) => void)[];
  onAnyOutgoing(listener: (...args: any[]) => void): this;
  prependAnyOutgoing(listener: (...args: any[]) => void): this;
  offAnyOutgoing(listener?: (...args: any[]) => void): this;
  listenersAnyOutgoing(): ((...args: any[]) => void)[];
}

export declare namespace Socket {
  type DisconnectReason =
    | "io server disconnect"
    | "io client disconnect"
    | "ping timeout"
    | "transport close"
    | "transport error"
    | "parse error";

  /** With the reason of `socket.io.engine.close()`, which the reference gives but does not declare. */
  type AnyDisconnectReason = DisconnectReason | "forced close";

  type State = "idle" | "connecting" | "connected" | "reconnecting";
}
