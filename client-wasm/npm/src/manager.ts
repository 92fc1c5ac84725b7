/** One connection and its namespaces, as the reference shows them (3.3). */
import { isBlob, Parcel } from "./binary";
import { Emitter } from "./emitter";
import { Engine, Wish } from "./engine";
import { report } from "./errors";
import { watch } from "./life";
import { Machine } from "./machine";
import { Translator, type Parser } from "./parser";
import { settings } from "./settings";
import { Socket, type Came } from "./socket";

type Options = Record<string, any>;
type Opened = (error?: unknown) => void;
export type State = "idle" | "connecting" | "connected" | "reconnecting";

export class Manager extends Emitter {
  /** Where the server is, read anew for each engine. */
  uri: unknown;
  opts: Options;
  engine: Engine | undefined;
  nsps: Record<string, Socket> = {};
  _readyState: "closed" | "opening" | "open" = "closed";
  _reconnecting = false;
  _autoConnect: boolean;
  $machine: Machine | undefined;
  /** Set with a parser of the application's own. */
  $translator: Translator | undefined;
  /** While blobs are read, what follows waits behind them (ORD-1). */
  $reading: Promise<unknown> | undefined;
  $opened: Opened[] = [];
  /** The attempt whose start was told, so that it is told once. */
  $attempt = 0;
  $retryAt = Infinity;
  $unwatch: (() => void) | undefined;
  $watchers = new Set<() => void>();
  $isSuspended = false;
  $skip = false;
  /** An attempt is scheduled, of which nobody has been told yet. */
  $isScheduled = false;
  /** The last attempt has failed, of which nobody has been told yet. */
  $hasFailed = false;
  $toldState: State = "idle";
  $settings: Options;

  constructor(uri?: unknown, opts?: Options) {
    super();
    if (uri && typeof uri === "object") {
      opts = uri as Options;
      uri = undefined;
    }
    this.opts = opts ||= {};
    opts.path ||= "/socket.io";
    this.uri = uri;
    this.$settings = {
      reconnection: opts.reconnection !== false,
      reconnectionAttempts: opts.reconnectionAttempts || Infinity,
      reconnectionDelay: opts.reconnectionDelay || 1000,
      reconnectionDelayMax: opts.reconnectionDelayMax || 5000,
      randomizationFactor: opts.randomizationFactor ?? 0.5,
      timeout: opts.timeout ?? 20000,
    };
    if (opts.parser) this.$translator = new Translator(opts.parser as Parser);
    this._autoConnect = opts.autoConnect !== false;
    if (this._autoConnect) this.open();
  }

  open(opened?: Opened): this {
    if (this.$isUnderWay || this.$isSuspended) return this;
    if (opened) this.$opened.push(opened);
    this.$skip = false;
    this.$begin();
    if (this.engine!.$kinds.length) this.$machine!.$ask(Wish.ReconnectNow);
    this.$rejoin();
    return this;
  }

  socket(nsp: string, opts?: Options): Socket {
    const known = this.nsps[nsp];
    if (known && this._autoConnect && !known.active) known.connect();
    return known || (this.nsps[nsp] = new Socket(this, nsp, opts));
  }

  /** Those that `_close` left without a connection. */
  $rejoin(): void {
    for (const it of Object.values(this.nsps)) if (it.$active) this.$join(it);
  }

  /** The sockets stay active, and join again once the manager is opened. */
  _close(): void {
    this.skipReconnect = true;
    this.engine?.close();
  }

  /** What old code calls after a loss: where nobody comes back by himself, an attempt is made. */
  reconnect(): this {
    if (this.state === "reconnecting" || this.skipReconnect) return this;
    this._reconnecting = true;
    setTimeout(() => {
      this._reconnecting = false;
      if (!this.skipReconnect) this.open();
    }, this.$settings.reconnectionDelay);
    return this;
  }

  /** Closed on purpose, it does not come back by itself. */
  get skipReconnect(): boolean {
    return this.$skip || !Object.values(this.nsps).some((it) => it.$active);
  }

  set skipReconnect(skip: boolean) {
    this.$skip = skip;
    this.$configure();
    if (skip) this.$giveUp();
  }

  $wish(wish: Wish, socket?: number, value?: number): void {
    this.$machine?.$wish(wish, socket, value);
  }

  $join(socket: Socket): void {
    if (this.$isSuspended) return;
    this.$skip = false;
    // As long as the application has not heard that the last attempt failed, none begins.
    if (this._reconnecting && this.$hasFailed) return;
    if (!this._reconnecting && !this.$isScheduled) this.$begin();
    // Without a transport there is nothing to ask of the machine (O-08).
    if (!this.engine?.$kinds.length) return;
    const machine = this.$machine!;
    if (socket.$key < 0) machine.$name(socket);
    machine.$ask(Wish.Connect, socket.$key);
  }

  /** After a sleep the connection may be dead, which is noticed here: what is emitted then waits for the next. */
  $lives(socket: Socket): boolean {
    if (!this.engine?._hasPingExpired()) return true;
    this.$machine?.$wake();
    return socket.$isJoined;
  }

  $leave(socket: Socket): void {
    if (socket.$key >= 0) this.$wish(Wish.Disconnect, socket.$key);
  }

  /** A CONNECT, which asks for a lost session if there is one to find (P-103). */
  $authenticate(socket: Socket, auth: unknown): void {
    const { $pid: pid, $offset: offset } = socket.$recovery;
    // Only an object may go along: a `null` makes the server drop the connection (F103).
    const own = auth && typeof auth === "object" && !Array.isArray(auth) ? auth : undefined;
    const $data = pid ? { pid, offset, ...own } : own;
    const $text = JSON.stringify($data) || "";
    socket.$session++;
    const parcel = { $data, $text, $buffers: [] as unknown[] } as unknown as Parcel;
    if (socket.$key >= 0) this.$machine!.$join(socket, $text[0] === "{" ? parcel : undefined);
  }

  $parcel({ data }: { type: number; data: unknown[] }): Parcel {
    return this.$translator ? ({ $data: data, $buffers: [] as unknown[], $size: 0 } as Parcel) : new Parcel(data);
  }

  $isRead(buffers: unknown[]): boolean {
    return !this.$reading && (!buffers.length || !buffers.some(isBlob));
  }

  /** Blobs are read before the machine gets what they are in: it asks for nothing that comes later. */
  $read({ $buffers }: Parcel, then: () => void, failed: (error: unknown) => void = report): void {
    if (this.$isRead($buffers)) return then();
    const read = Promise.all($buffers.map(async (it, at) => isBlob(it) && ($buffers[at] = await it.arrayBuffer())));
    // One that cannot be read holds up nobody, and overtakes nobody either.
    const reading = Promise.allSettled([this.$reading, read])
      .then(() => read)
      .then(then)
      .catch(failed)
      .then(() => {
        if (this.$reading === reading) this.$reading = undefined;
      });
    this.$reading = reading;
  }

  /** An attempt starts: options are read anew (A-21, O-07), and there is an engine for it. */
  $begin(attempt = 0): void {
    if (attempt) {
      if (this.$attempt !== attempt) this.$announce(attempt);
      if (!this._reconnecting) return;
    }
    if (this.$isUnderWay) return;
    this.engine = new Engine(this);
    this._readyState = "opening";
    this.$machine ||= new Machine(this);
    this.$configure();
    this.$unwatch ||= watch(this);
    this.$state();
    if (!this.engine.$kinds.length) {
      setTimeout(() => this.$onerror(this.engine!, "No transports available", this.$opened.splice(0)));
    }
  }

  get $isUnderWay(): boolean {
    return this._readyState !== "closed" && !this.engine!.$isOver;
  }

  /** At rest a manager needs no machine: who begins anew makes another. */
  $retire(machine: Machine): void {
    const sockets = Object.values(this.nsps);
    const isNeeded = !machine.$isIdle || this.state !== "idle" || sockets.some((it) => it.$active);
    if (isNeeded || machine !== this.$machine) return;
    machine.$free();
    this.$machine = undefined;
    for (const it of sockets) it.$key = -1;
  }

  /** The options that the machine goes by, in its order. */
  $configure(): void {
    const { $settings: it, opts } = this;
    // Two bits for each, the first lowest.
    const kinds = this.engine ? this.engine.$kinds.reduceRight((all, kind) => all * 4 + kind + 1, 0) : 0;
    const flag = (on: unknown, bit: number) => (on ? bit : 0);
    const flags =
      flag(opts.upgrade !== false, 1) |
      flag(opts.tryAllTransports, 2) |
      flag(opts.forceBase64, 8) |
      flag(it.reconnection && !this.$opened.length && !this.$skip, 16);
    const { reconnectionAttempts: attempts, reconnectionDelay: delay, reconnectionDelayMax: max } = it;
    const timeout = it.timeout === false ? -1 : it.timeout;
    this.$machine?.$configure(
      [flags, kinds, attempts === Infinity ? 0 : attempts, delay, max, it.randomizationFactor, timeout],
    );
  }

  /** Listeners hear of an attempt before it reads its options, and may end it. */
  $announce(attempt: number): void {
    this.$attempt = attempt;
    this.$retryAt = Infinity;
    this.$tell("reconnect_attempt", [attempt]);
  }

  $beforeAlarm(now: number): void {
    if (now < this.$retryAt) return;
    this.$announce(this.$attempt + 1);
    if (this._reconnecting) this.$begin();
  }

  /** The next attempt starts now, unless who hears of it does not want it. */
  $hurry(): void {
    if (this._readyState !== "closed" || !this._reconnecting) return;
    this.$beforeAlarm(Infinity);
    if (this._reconnecting) this.$machine!.$ask(Wish.ReconnectNow);
  }

  /** A loop that is under way ends without a further attempt. */
  $giveUp(): void {
    if (!this._reconnecting && !this.$isScheduled) return;
    this._reconnecting = this.$isScheduled = false;
    this.$wish(Wish.ReconnectIn, 0, -1);
    this.$state();
  }

  $onopen(engine: Engine): void {
    this._readyState = "open";
    engine.$opened();
    this.$state();
    this.$tell("open", []);
    this.$told(this.$opened.splice(0));
  }

  $onping(engine: Engine): void {
    engine.$tell("ping", []);
    this.$tell("ping", []);
    engine.$tell("pong", []);
  }

  /** The end of a connection begins with what was wrong with it. */
  $onbroken(engine: Engine, error: unknown): void {
    engine.$remember(false);
    this.$tell("error", [error]);
    engine.$tell("error", [error]);
  }

  $onclose(engine: Engine, reason: string, details: unknown): void {
    this.$ended(engine, false);
    this.$tell("close", [reason, details]);
    engine.$closed(reason, details);
  }

  $onerror(engine: Engine, error: unknown, opened: Opened[]): void {
    this.$ended(engine);
    if (!engine.$kinds.length) Object.values(this.nsps).forEach((it) => it.$onerror(error, false));
    this.$onbroken(engine, error);
    engine.$closed("transport error", error);
    this.$told(opened, error);
  }

  $onscheduled(attempt: number, delay: number, at: number): void {
    // Given up before anybody heard of it.
    if (!this.$isScheduled) return;
    this._reconnecting = true;
    this.$isScheduled = false;
    this.$attempt = attempt - 1;
    this.$retryAt = at;
    this.$state(attempt, delay);
  }

  $onreconnect(attempt: number): void {
    this._reconnecting = false;
    this.$attempt = 0;
    this.$tell("reconnect", [attempt]);
  }

  $onfailed(): void {
    this.$hasFailed = false;
    // Switched off while it waited, the loop just ends.
    if (!this._reconnecting) return;
    this._reconnecting = false;
    this.$attempt = 0;
    this.$state();
    this.$tell("reconnect_failed", []);
  }

  $ended(engine: Engine, isReconnecting = this._reconnecting && !!this.$settings.reconnection): void {
    // What it had read of a packet is not the beginning of the next connection's (P-114).
    this.$translator?.$decoder.destroy?.();
    // A listener that heard of it before may have begun anew.
    if (engine !== this.engine) return;
    this._readyState = "closed";
    this._reconnecting = isReconnecting;
    this.$state();
  }

  /** Who opened by hand hears how it went. */
  $told(opened: Opened[], error?: unknown): void {
    opened.forEach((it) => (error ? it(error) : it()));
    if (opened.length) this.$configure();
  }

  $state(attempt?: number, delay?: number): void {
    const { state } = this;
    if (state === "idle") {
      this.$unwatch?.();
      this.$unwatch = undefined;
    }
    if ((state === this.$toldState || this.$isScheduled) && !attempt) return;
    this.$toldState = state;
    this.$tell("state", [{ state, attempt, delay }]);
  }

  /** How far the delays have grown, for who reads it. */
  get backoff() {
    const { reconnectionDelay: ms, reconnectionDelayMax: max, randomizationFactor: jitter } = this.$settings;
    return { ms, max, factor: 2, jitter, attempts: this.$attempt + +(this.$retryAt < Infinity) };
  }

  get state(): State {
    if (this.$isScheduled) return "reconnecting";
    if (this._readyState === "open") return "connected";
    return this._reconnecting ? "reconnecting" : this._readyState === "opening" ? "connecting" : "idle";
  }

  /** Something has left, come, or been given up: who waits for that looks again. */
  $look(): void {
    if (this.$watchers.size) this.$watchers.forEach((look) => look());
  }

  /** A packet that came, for who wants to know: after the sockets, which listen first. */
  $packet(packet: Came): void {
    this.$tell("packet", [packet]);
  }

  $raw(data: unknown): void {
    this.$machine!.$raw(data);
  }
}

type Setting<T> = { (): T; (value: T): Manager };
export interface Manager {
  connect: Manager["open"];
  disconnect: Manager["_close"];
  reconnection: Setting<boolean>;
  reconnectionAttempts: Setting<number>;
  reconnectionDelay: Setting<number>;
  reconnectionDelayMax: Setting<number>;
  randomizationFactor: Setting<number>;
  timeout: Setting<number | false>;
}

const prototype = Manager.prototype as any;
prototype.connect = prototype.open;
prototype.disconnect = prototype._close;
settings(prototype);
