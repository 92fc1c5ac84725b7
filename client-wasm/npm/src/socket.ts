/** One namespace, as the reference shows it (3.4). What waits for the connection is here, where it can be read. */
import type { Parcel } from "./binary";
import { Emitter, type Listener } from "./emitter";
import { fail, report } from "./errors";
import { REFUSALS } from "./failures";
import { Refused } from "./machine";
import type { Manager } from "./manager";
import { isReserved } from "./packet";
import { Recovery } from "./recovery";
import { enqueue, tryNext, type Queued } from "./retries";
import { admit } from "./waiting";

export type Packet = { type: number; data: unknown[]; options: { compress: boolean }; id?: number; nsp?: string };
/** A packet as applications see it. */
export type Came = { type: number; nsp: string; data?: any; id?: number };
export type Flags = { volatile?: boolean; compress?: boolean; timeout?: number; fromQueue?: boolean };
export type Answer = ((...args: any[]) => void) & { withError?: boolean; $timer?: unknown; $answer?: Answer };

export class Socket extends Emitter {
  id: string | undefined;
  connected = false;
  recovered: boolean | undefined = false;
  receiveBuffer: unknown[][] = [];
  sendBuffer: Packet[] = [];
  auth: unknown;
  acks: Record<number, Answer> = {};
  flags: Flags = {};
  ids = 0;
  _queue: Queued[] = [];
  _queueSeq = 0;
  $key = -1;
  $isJoined = false;
  /** Which CONNECT this is: answers to what came in an earlier one are worth nothing. */
  $session = 0;
  /** How often it was left: what came before is told no more. */
  $left = 0;
  readonly $recovery = new Recovery();
  $active = false;
  $isDraining = false;
  $any: Listener[] = [];
  $anyOutgoing: Listener[] = [];
  /** Others read these, too: whether answers have a deadline (`ackTimeout`). */
  _opts: Record<string, any>;

  constructor(
    readonly io: Manager,
    readonly nsp: string,
    opts?: Record<string, any>,
  ) {
    super();
    this.auth = opts?.auth;
    this._opts = { ...opts };
    if (io._autoConnect) this.connect();
  }

  get disconnected(): boolean {
    return !this.connected;
  }

  get active(): boolean {
    return this.$active;
  }

  connect(): this {
    if (this.connected) return this;
    this.$active = true;
    this.io.$join(this);
    return this;
  }

  disconnect(): this {
    this.$active = false;
    this.$left++;
    this.io.$leave(this);
    // An end of it that came and was not told yet is no news any more, either.
    if (this.connected) this.$onclose("io client disconnect", undefined);
    return this;
  }

  send(...args: unknown[]): this {
    return this.emit("message", ...args);
  }

  emit(event: any, ...args: any[]): this {
    // What was taken before goes on to be tried.
    if (this.$isDraining && !this.flags.fromQueue) throw fail("the connection is being drained", "draining");
    if (isReserved(event)) throw new Error(`"${event}" is a reserved event name`);
    args.unshift(event);
    const { flags } = this;
    this.flags = {};
    if (this._opts.retries && !flags.fromQueue && !flags.volatile) {
      enqueue(this, args, flags);
      return this;
    }
    const isLive = this.connected && this.io.$lives(this);
    const packet: Packet = { type: 2, data: args, options: { compress: flags.compress !== false } };
    if (typeof args[args.length - 1] === "function") {
      packet.id = this.ids++;
      this.$await(packet.id, args.pop(), flags);
    }
    if (flags.volatile && !this.io.engine?.transport?.writable) {
      // Nobody will answer; only who asked for a deadline is told.
      if (!this.acks[packet.id!]?.withError) delete this.acks[packet.id!];
      return this;
    }
    try {
      if (isLive) this.$write(packet);
      else if (admit(this, packet)) this.sendBuffer.push(packet);
    } catch (error) {
      // Who is told by it is not told again.
      this.$forget(packet.id);
      throw error;
    }
    return this;
  }

  /** The last argument may be `{ signal }`, which ends the wait (no data has an `AbortSignal` in it). */
  emitWithAck(event: any, ...args: any[]): Promise<any> {
    const last = args[args.length - 1]?.signal;
    const signal: AbortSignal | undefined = last instanceof AbortSignal ? (args.pop(), last) : undefined;
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const answer: Answer = (error, value) => {
        signal?.removeEventListener("abort", end);
        if (error) reject(error);
        else resolve(value);
      };
      const end = () => {
        this.$abandon(answer);
        answer(signal!.reason);
      };
      answer.withError = true;
      this.emit(event, ...args, answer);
      signal?.addEventListener("abort", end);
    });
  }

  get volatile(): this {
    this.flags.volatile = true;
    return this;
  }

  compress(compress: boolean): this {
    this.flags.compress = compress;
    return this;
  }

  timeout(timeout: number): this {
    this.flags.timeout = timeout;
    return this;
  }

  onAny(listener: Listener): this {
    this.$any.push(listener);
    return this;
  }

  prependAny(listener: Listener): this {
    this.$any.unshift(listener);
    return this;
  }

  offAny(listener?: Listener): this {
    without(this.$any, listener);
    return this;
  }

  listenersAny(): Listener[] {
    return this.$any;
  }

  onAnyOutgoing(listener: Listener): this {
    this.$anyOutgoing.push(listener);
    return this;
  }

  prependAnyOutgoing(listener: Listener): this {
    this.$anyOutgoing.unshift(listener);
    return this;
  }

  offAnyOutgoing(listener?: Listener): this {
    without(this.$anyOutgoing, listener);
    return this;
  }

  listenersAnyOutgoing(): Listener[] {
    return this.$anyOutgoing;
  }

  /** As if this packet had come (3.8). */
  onpacket(packet: Came): void {
    const { type, nsp, data } = packet;
    if (nsp !== this.nsp) return;
    if (type === 0) this.$onconnect(data.sid, undefined);
    else if (type === 1) this.$onclose("io server disconnect", undefined);
    else if (type === 4) this.$onerror(Object.assign(new Error(data.message), { data: data.data }), true);
    else if (type % 3) this.onevent(packet);
    else this.onack(packet);
  }

  /** An event came. Who wants to hear all of them puts a function of its own here, with `ack` for the answer (M-01). */
  onevent({ data: args = [], id }: Came): void {
    if (id !== undefined) args.push(this.ack(id));
    if (this.connected) this.emitEvent(args);
    else if (this.receiveBuffer.length <= MAX_EARLY) this.receiveBuffer.push(Object.freeze(args) as unknown[]);
  }

  emitEvent(args: unknown[]): void {
    for (const listener of [...this.$any]) listener.apply(this, args);
    this.$tell(args[0], args.slice(1));
  }

  /** The answer to an event: once, and in the session that it came in. */
  ack(id: number): (...args: unknown[]) => void {
    const { $session: session } = this;
    let isSent = false;
    return (...data) => {
      if (isSent) return;
      isSent = true;
      const parcel = this.io.$parcel({ type: 3, data });
      this.io.$read(parcel, () => {
        if (session !== this.$session || !this.connected) return;
        const refused = this.io.$machine!.$emit(3, this, parcel, id);
        if (refused <= Refused.NotJoined) return;
        // Another answer may fit.
        isSent = false;
        this.$refuse({ data }, refused);
      });
    };
  }

  onack({ id, data }: Came): void {
    const answer = this.acks[id!];
    if (typeof answer !== "function") return;
    delete this.acks[id!];
    answer.apply(this, answer.withError ? [null, ...data] : data);
  }

  /** A packet leaves; what the machine does not take any more waits for the next connection. */
  $write(packet: Packet): void {
    for (const listener of [...this.$anyOutgoing]) listener.apply(this, packet.data);
    // An error of JSON is the caller's (P-86).
    const parcel = this.io.$parcel(packet);
    // As nearly always: without functions for later.
    if (this.io.$isRead(parcel.$buffers)) return this.$hand(packet, parcel);
    this.io.$read(
      parcel,
      () => this.$hand(packet, parcel),
      (error) => this.$fail(packet, error),
    );
  }

  $hand(packet: Packet, parcel: Parcel): void {
    // A Blob may have been read for longer than the connection was wanted.
    const { id, options } = packet;
    const refused = this.$key < 0 ? Refused.NotJoined : this.io.$machine!.$emit(2, this, parcel, id, options);
    if (refused === Refused.NotJoined) this.sendBuffer.push(packet);
    else if (refused) this.$refuse(packet, refused);
  }

  /** The server would end the connection over it, or too much waits already (F030). */
  $refuse({ data }: Pick<Packet, "data">, why: number): never {
    throw Object.assign(fail(...REFUSALS[why]), { args: data });
  }

  /** It cannot leave, and who emitted it is long gone: who waits for the answer is told, or else the page. */
  $fail({ id }: Packet, error: unknown): void {
    const answer = this.$forget(id);
    this.$settle(answer?.withError ? answer : undefined, error);
  }

  $settle(answer: Answer | undefined, error: unknown): void {
    try {
      if (!answer) throw error;
      answer.call(this, error);
    } catch (thrown) {
      report(thrown);
    }
  }

  /** Who waits for answer `id`, and how long. */
  $await(id: number, answer: Answer, flags: Flags): void {
    const timeout = flags.timeout ?? this._opts.ackTimeout;
    // With retries an answer is error-first even without a deadline.
    if (flags.fromQueue) answer.withError = true;
    if (timeout === undefined) {
      this.acks[id] = answer;
      return;
    }
    const timer = setTimeout(() => {
      this.$forget(id);
      this.sendBuffer = this.sendBuffer.filter((it) => it.id !== id);
      answer.call(this, fail("operation has timed out", "ack timeout"));
      this.io.$look();
    }, timeout);
    const inTime: Answer = (...args) => {
      clearTimeout(timer);
      answer.apply(this, args);
    };
    inTime.withError = true;
    inTime.$timer = timer;
    inTime.$answer = answer;
    this.acks[id] = inTime;
  }

  /** Whose answer nobody wants any more need not be sent; with retries it may be on its way. */
  $abandon(answer: Answer): void {
    this._queue = this._queue.filter((it) => it.pending || it.$answer !== answer);
    for (const id of Object.keys(this.acks)) {
      const it = this.acks[+id];
      if (it !== answer && it.$answer !== answer) continue;
      this.$forget(+id);
      this.sendBuffer = this.sendBuffer.filter((packet) => packet.id !== +id);
    }
    this.io.$look();
  }

  /** Nobody waits for that answer any more. */
  $forget(id: number | undefined): Answer | undefined {
    const answer = this.acks[id!];
    delete this.acks[id!];
    clearTimeout(answer?.$timer as number);
    return answer;
  }

  $onauth(): void {
    const { auth } = this;
    const answer = (it: unknown) => this.io.$authenticate(this, it);
    if (typeof auth !== "function") return answer(auth);
    try {
      auth(answer);
    } catch (error) {
      // The page hears of it, and the machine goes on.
      report(error);
    }
  }

  /** ORD-2. */
  $onconnect(id: string, recovered: boolean | undefined): void {
    this.id = id;
    this.recovered = recovered && this.receiveBuffer.length <= MAX_EARLY;
    this.connected = true;
    const early = this.receiveBuffer;
    this.receiveBuffer = [];
    early.forEach((args) => this.emitEvent(args));
    const waiting = this.sendBuffer;
    this.sendBuffer = [];
    for (const packet of waiting) {
      // Taken while it could not be known: who emitted it is long gone.
      try {
        this.$write(packet);
      } catch (error) {
        this.$fail(packet, error);
      }
    }
    tryNext(this, true);
    this.$tell("connect", []);
  }

  $onerror(error: unknown, isFinal: boolean): void {
    if (isFinal) this.$active = false;
    this.$tell("connect_error", [error]);
  }

  $onclose(reason: string, details: unknown): void {
    if (/^io/.test(reason)) this.$active = false;
    this.connected = false;
    this.receiveBuffer = [];
    delete this.id;
    this.$tell("disconnect", [reason, details]);
    for (const id of Object.keys(this.acks)) {
      if (this.sendBuffer.some((it) => `${it.id}` === id)) continue;
      const answer = this.$forget(+id)!;
      if (answer.withError) answer.call(this, fail("socket has been disconnected", "disconnected"));
    }
  }
}

export interface Socket {
  /** In more.ts. */
  readonly bufferedAmount: number;
  open: Socket["connect"];
  close: Socket["disconnect"];
}
Socket.prototype.open = Socket.prototype.connect;
Socket.prototype.close = Socket.prototype.disconnect;

/** More is not kept: some of it is lost (F095). */
const MAX_EARLY = 1024;

function without(list: Listener[], listener?: Listener): void {
  const at = list.indexOf(listener!);
  if (!listener) list.length = 0;
  else if (at >= 0) list.splice(at, 1);
}
