/** What applications read of the connection below: `socket.io.engine` (Y-15, Y-16). */
import { Emitter } from "./events.js";

export interface SocketOptions {
  host?: string;
  hostname?: string;
  secure?: boolean;
  port?: string | number;
  query?: { [key: string]: any };
  agent?: string | boolean;
  upgrade?: boolean;
  forceBase64?: boolean;
  timestampParam?: string;
  timestampRequests?: boolean;
  transports?: TransportName[] | TransportCtor[];
  transportImplementations?: TransportCtor[];
  tryAllTransports?: boolean;
  rememberUpgrade?: boolean;
  requestTimeout?: number;
  transportOptions?: Object;
  pfx?: string;
  key?: string;
  passphrase?: string;
  cert?: string;
  ca?: string | string[];
  ciphers?: string;
  rejectUnauthorized?: boolean;
  extraHeaders?: { [header: string]: string };
  withCredentials?: boolean;
  closeOnBeforeunload?: boolean;
  useNativeTimers?: boolean;
  autoUnref?: boolean;
  perMessageDeflate?: { threshold: number };
  path?: string;
  addTrailingSlash?: boolean;
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
