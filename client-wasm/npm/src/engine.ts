/** The engine as applications read it (3.5, 3.8): what the machine does, shown. One for each connection attempt. */
import { address, isSecure, pairs, type Query } from "./address";
import { fromBase64 } from "./binary";
import { Emitter } from "./emitter";
import { Reader } from "./packet";
import { platform } from "./platform";
import { News, Polling, Socketed, type Transport, type TransportOptions } from "./transports";
import { Streamed } from "./webtransport";
import type { Manager } from "./manager";

const TYPES = ["open", "close", "ping", "pong", "message", "upgrade", "noop"];
export const TRANSPORTS: [string, new (options: TransportOptions) => Transport][] = [
  ["polling", Polling],
  ["websocket", Socketed],
  ["webtransport", Streamed],
];

/** Of a packet as it travels its type and what it says; bytes travel as text in the body of a request. */
function parts(frame: any): [type: string, data: unknown] {
  if (typeof frame !== "string") return ["message", frame];
  const text = frame.slice(1);
  return frame[0] === "b" ? ["message", fromBase64(text)] : [TYPES[+frame[0]], text];
}

export class Engine extends Emitter {
  static protocol = 4;
  /** Of the whole page (O-12): the last WebSocket carried a session. */
  static priorWebsocketSuccess = false;
  protocol = 4;
  id: string | null | undefined;
  readyState = "opening";
  /** What the transport was handed and has not taken, and the options of the last of it. */
  $handed: unknown[] = [];
  $options: object | undefined;
  binaryType = platform.$binaryType;
  opts: Record<string, any>;
  transport!: Transport;
  transports: string[];
  hostname: string;
  secure: boolean;
  port: string | number;
  _pingTimeoutTime = Infinity;
  /** What the platform said of the last failure. */
  $fault: unknown;
  $silence = 0;
  /** The connection has ended, of which not everybody has been told yet: who connects now gets another engine. */
  $isOver = false;
  /** The longest body that the server takes, in bytes. */
  $max = Infinity;
  readonly $reader = new Reader();
  $probe: Transport | undefined;
  $classes: (new (options: TransportOptions) => Transport)[];
  $goodbye: (() => void) | undefined;

  constructor(readonly $manager: Manager) {
    super();
    const options = $manager.opts;
    const page = (globalThis as any).location;
    if ($manager.uri) {
      // Each time: other managers may write what they are for into the same options.
      const { host, protocol, port, query } = address($manager.uri);
      options.hostname = host;
      options.secure = isSecure(protocol);
      options.port = port;
      // The query of an address goes before the option, and becomes it (O-07, Q-23).
      if (query) options.query = query;
    } else if (options.host) {
      // More than one colon is an address of IPv6, with brackets or without (O-01).
      const host = options.host.replace(/^[^[]*:[^[]*:.*/, "[$&]");
      options.hostname = address(`http://${host}`).host;
    }
    this.opts = { ...DEFAULTS, ...options };
    this.secure = options.secure ?? page?.protocol === "https:";
    this.hostname = options.hostname || page?.hostname || "localhost";
    this.port = options.port || (!options.hostname && page?.port) || (this.secure ? 443 : 80);
    this.opts.path = `${this.opts.path}`.replace(/\/$/, "") + (this.opts.addTrailingSlash ? "/" : "");
    if (typeof this.opts.query === "string") this.opts.query = pairs(this.opts.query);
    const { transports, transportImplementations } = options;
    if (transports && transportImplementations) {
      throw new Error("specifying both 'transportImplementations' and 'transports' options is not supported");
    }
    const asked: any[] = transportImplementations || transports || TRANSPORTS.map(([name]) => name);
    this.transports = asked.map((it) => (typeof it === "string" ? it : it.prototype.name));
    this.$classes = asked.filter((it) => typeof it !== "string");
    if (options.rememberUpgrade && Engine.priorWebsocketSuccess) {
      this.transports.sort((a, b) => +(b === "websocket") - +(a === "websocket"));
    }
  }

  /** The numbers of the transports, in order of preference; unknown names are none. */
  get $kinds(): number[] {
    return this.transports.map((name) => TRANSPORTS.findIndex(([it]) => it === name)).filter((it) => it >= 0);
  }

  $make(kind: number): Transport {
    const [name, usual] = TRANSPORTS[kind];
    const Transport = this.$classes.find((it) => it.prototype.name === name) || usual;
    const query: Query = { ...this.opts.query, EIO: 4, transport: name };
    if (this.id) query.sid = this.id;
    const { hostname, secure, port } = this;
    const options = { ...this.opts, query, socket: this, hostname, secure, port, ...this.opts.transportOptions[name] };
    const transport = new Transport(options as TransportOptions);
    // By the session, not by the state: that the engine is open is told later than a probe is asked for.
    if (this.id) this.$probe = transport;
    else {
      // The next one, after the first has failed (O-11).
      if (this.transport) this.transports.shift();
      this.transport = transport;
    }
    return transport;
  }

  /** A packet came: who asked to know does, and the session's own numbers are kept. */
  $saw(frame: any): void {
    // Messages, with bytes ("b") or without, are by far the most, and rarely does anybody ask.
    if (frame[0] > "3" && !this.$listeners.size) return;
    const [type, data] = parts(frame);
    const wasNew = !this.id && type === "open";
    let handshake: any;
    if (wasNew || type === "ping") {
      if (wasNew) {
        try {
          handshake = JSON.parse(data as string);
          this.transport.query.sid = this.id = handshake.sid;
          this.$max = handshake.maxPayload ?? Infinity;
          this.$silence = handshake.pingInterval + handshake.pingTimeout;
        } catch {}
      }
      this._pingTimeoutTime = Date.now() + this.$silence;
    }
    if (!this.$listeners.size || !type) return;
    this.$tell("packet", [data === "" ? { type } : { type, data }]);
    this.$tell("heartbeat", []);
    if (handshake) this.$tell("handshake", [handshake]);
    if (type === "message") {
      this.$tell("data", [data]);
      this.$tell("message", [data]);
    }
  }

  /** What an application makes of it as if it had come (3.8). */
  emit(event: unknown, ...args: unknown[]): this {
    if (event === "data") this.transport.$report?.(News.Text, `4${args[0]}`);
    return super.emit(event, ...args);
  }

  send(data: unknown, options?: object | (() => void), callback?: () => void): this {
    const done = typeof options === "function" ? options : callback;
    if (/^o/.test(this.readyState)) {
      if (done) this.once("flush", done as () => void);
      this.$manager.$raw(data);
    }
    return this;
  }

  close(): this {
    if (/^o/.test(this.readyState)) this.$manager.$wish(Wish.CloseEngine);
    return this;
  }

  _filterUpgrades(upgrades: string[]): string[] {
    return upgrades.filter((it) => this.transports.includes(it));
  }

  _hasPingExpired(): boolean {
    return Date.now() > this._pingTimeoutTime;
  }

  $opened(): void {
    this.readyState = "open";
    this.$remember();
    this.$tell("open", []);
  }

  $remember(isGood = true): void {
    Engine.priorWebsocketSuccess = isGood && this.transport.name === "websocket";
  }

  /** Packets are handed to the transport. */
  $flushed(frames: unknown[], options: object): void {
    // The goodbye is the transport's own (P-70).
    if (frames[0] === "1") return;
    this.$options = options;
    for (const it of frames) {
      this.$handed.push(it);
      if (this.$listeners.size) this.$tell("packetCreate", [this.$packet(it)]);
    }
    this.$tell("flush", []);
  }

  $packet(frame: unknown): object {
    const [type, data] = parts(frame);
    return { type, data: data || undefined, options: this.$options };
  }

  /** Made for who reads it: packets that nobody sees cost the collector a tenth of an emit. */
  get writeBuffer(): object[] {
    return this.$handed.map((it) => this.$packet(it));
  }

  $drained(): void {
    this.$handed = [];
    this.$tell("drain", []);
  }

  $upgraded(): void {
    this.transport = this.$probe || this.transport;
    this.$remember();
    this.$tell("upgrade", [this.transport]);
  }

  /** Closed on purpose, it says goodbye first (P-70). */
  $closed(reason: string, details: unknown): void {
    if (this.readyState === "closed") return;
    this.$goodbye = () => this.$gone(reason, details);
    if (!this.$handed.length || !this.transport?.$report) this.$released(this.transport);
    else this.readyState = "closing";
  }

  $released(transport: Transport): void {
    const goodbye = transport === this.transport && this.$goodbye;
    if (!goodbye) return;
    this.$goodbye = undefined;
    goodbye();
  }

  $gone(reason: string, details: unknown): void {
    this.readyState = "closed";
    this.id = null;
    this.$tell("close", [reason, details]);
    this.$handed = [];
  }
}

export interface Engine {
  write: Engine["send"];
}
Engine.prototype.write = Engine.prototype.send;

/** What may be asked of the machine, in its numbers. */
export const enum Wish {
  Connect,
  Disconnect,
  CloseEngine,
  ReconnectNow,
  ReconnectIn,
  Authenticate,
}

const DEFAULTS = {
  path: "/engine.io",
  withCredentials: false,
  upgrade: true,
  timestampParam: "t",
  rememberUpgrade: false,
  addTrailingSlash: true,
  transportOptions: {},
  closeOnBeforeunload: false,
};

