/** What applications read of the connection below: `socket.io.engine` (Y-15, Y-16). */
import { Emitter } from "./events.js";

export interface SocketOptions {
  /** Another name for `hostname`. */
  host?: string;
  /** Where the server is, instead of in the address. Default: the page's own. */
  hostname?: string;
  /** Whether to use TLS. Default: as the page does. */
  secure?: boolean;
  /** Default: the page's own, or that of the scheme. */
  port?: string | number;
  /**
   * Goes along with every request, and is read again at each attempt. What is in it is seen in logs: a token belongs in
   * `auth`.
   */
  query?: { [key: string]: any };
  /** In Node, for `ws`. */
  agent?: string | boolean;
  /** Whether a session that begins with polling goes on with WebSocket. Default `true`. */
  upgrade?: boolean;
  /** Bytes as base64 on every transport. Default `false`. */
  forceBase64?: boolean;
  /** Under which name the cache buster goes. Default `"t"`. */
  timestampParam?: string;
  /** Whether requests have a cache buster. Default: those of polling only. */
  timestampRequests?: boolean;
  /**
   * In order of preference: the first is tried, the others may be upgraded to. Default polling, WebSocket,
   * WebTransport.
   */
  transports?: TransportName[] | TransportCtor[];
  /** Subclasses of the exported transports, in place of `transports`. */
  transportImplementations?: TransportCtor[];
  /** Whether the next transport is tried, in the same attempt, when one cannot be opened. Default `false`. */
  tryAllTransports?: boolean;
  /** Whether to begin with WebSocket when the last one carried a session. Default `false`. */
  rememberUpgrade?: boolean;
  /** How long a request of polling may take, in ms. Default: as long as the server takes. */
  requestTimeout?: number;
  /** Options of one transport by its name; they go before the others. */
  transportOptions?: Object;
  /** In Node, for `ws`. */
  pfx?: string;
  /** In Node, for `ws`. */
  key?: string;
  /** In Node, for `ws`. */
  passphrase?: string;
  /** In Node, for `ws`. */
  cert?: string;
  /** In Node, for `ws`. */
  ca?: string | string[];
  /** In Node, for `ws`. */
  ciphers?: string;
  /** In Node, for `ws`. */
  rejectUnauthorized?: boolean;
  /** Go along with requests. A browser sends none with a WebSocket; Node does, by `ws`. */
  extraHeaders?: { [header: string]: string };
  /**
   * Whether cookies go to another origin, and in Node whether they are kept. Sticky sessions by cookie need it. Default
   * `false`.
   */
  withCredentials?: boolean;
  /** Whether the connection is closed at once when the page is left. Default `false`. */
  closeOnBeforeunload?: boolean;
  /** Taken, and without effect: timers are the platform's. */
  useNativeTimers?: boolean;
  /** In Node, whether the process may end while there is a connection. Default `false`. */
  autoUnref?: boolean;
  /** In Node, for `ws`. A browser decides itself. */
  perMessageDeflate?: { threshold: number };
  /** Where Engine.IO is on the server. Default `"/socket.io"`. */
  path?: string;
  /** Whether the path ends with a slash. Default `true`. */
  addTrailingSlash?: boolean;
  /** WebSocket subprotocols that are offered. */
  protocols?: string | string[];
}

export type TransportName = "polling" | "websocket" | "webtransport" | (string & {});
export type TransportCtor = { new (o: any): Transport };
export type RawData = any;
export type BinaryType = "nodebuffer" | "arraybuffer" | "blob";

export interface Packet {
  type: "open" | "close" | "ping" | "pong" | "message" | "upgrade" | "noop" | "error";
  options?: { compress: boolean };
  data?: RawData;
}

export interface HandshakeData {
  sid: string;
  upgrades: string[];
  pingInterval: number;
  pingTimeout: number;
  maxPayload: number;
}

export interface CloseDetails {
  description: string;
  context?: unknown;
}

export interface WriteOptions {
  compress?: boolean;
}

export interface Cookie {
  name: string;
  value: string;
  expires?: Date;
}

export interface SocketReservedEvents {
  open: () => void;
  handshake: (data: HandshakeData) => void;
  packet: (packet: Packet) => void;
  packetCreate: (packet: Packet) => void;
  data: (data: RawData) => void;
  message: (data: RawData) => void;
  drain: () => void;
  flush: () => void;
  heartbeat: () => void;
  ping: () => void;
  pong: () => void;
  error: (err: string | Error) => void;
  upgrading: (transport: Transport) => void;
  upgrade: (transport: Transport) => void;
  upgradeError: (err: Error) => void;
  close: (reason: string, description?: CloseDetails | Error) => void;
}

/** The manager makes them, one for each attempt. */
export declare class Socket extends Emitter<
  Record<never, never>,
  Record<never, never>,
  SocketReservedEvents
> {
  static protocol: number;
  id: string;
  transport: Transport;
  binaryType: BinaryType;
  readyState: "opening" | "open" | "closing" | "closed";
  writeBuffer: Packet[];
  private constructor();
  _hasPingExpired(): boolean;
  write(msg: RawData, options?: WriteOptions, fn?: () => void): this;
  send(msg: RawData, options?: WriteOptions, fn?: () => void): this;
  close(): this;
}

export declare class TransportError extends Error {
  readonly description: any;
  readonly context: any;
  readonly type = "TransportError";
  readonly code?: string;
  constructor(reason: string, description: any, context: any);
}

export interface TransportReservedEvents {
  open: () => void;
  error: (err: TransportError) => void;
  packet: (packet: Packet) => void;
  close: (details?: CloseDetails) => void;
  poll: () => void;
  pollComplete: () => void;
  drain: () => void;
}

export declare abstract class Transport extends Emitter<
  Record<never, never>,
  Record<never, never>,
  TransportReservedEvents
> {
  query: Record<string, string>;
  writable: boolean;
  constructor(opts: any);
  abstract get name(): string;
  /** As if the connection had been closed: it comes back. */
  close(): this;
}

/** Polling, on `fetch`. */
export declare class Fetch extends Transport {
  get name(): "polling";
}
/** The WebSocket transport. */
export declare class WebSocket extends Transport {
  get name(): "websocket";
}
/** The WebTransport transport. */
export declare class WebTransport extends Transport {
  get name(): "webtransport";
}
