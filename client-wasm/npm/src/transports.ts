/** What the machine asks of the network, done with fetch and WebSocket (A-113, 1.2). One object for each attempt. */
import { Emitter } from "./emitter";
import { joined, type Query } from "./address";
import { fail, TransportError } from "./errors";
import { platform } from "./platform";
import type { Engine } from "./engine";

/** What happened, in the machine's numbers. */
export const enum News {
  Timeout,
  Polled,
  Posted,
  Opened,
  Text,
  Binary,
  Sent,
  Closed,
  Refused,
  Failed,
  Offline,
}

export type TransportOptions = Record<string, any> & { query: Query; socket: Engine };

export abstract class Transport extends Emitter {
  abstract readonly name: string;
  writable = false;
  readyState = "opening";
  socket: Engine;
  query: Query;
  supportsBinary: boolean;
  /** Tells the machine what happened; silent after the machine has let go. */
  $report: ((news: News, value?: unknown, number?: number) => void) | undefined;

  constructor(public opts: TransportOptions) {
    super();
    this.socket = opts.socket;
    this.query = opts.query;
    this.supportsBinary = !opts.forceBase64;
  }

  abstract uri(): string;
  abstract doOpen(): void;
  abstract $send(frames: unknown[]): void;
  $close(): void {
    this.$report = undefined;
    this.readyState = "closed";
    this.$abandon();
  }
  abstract $abandon(): void;

  /** As if the connection had been closed: it comes back (M-03). */
  close(): this {
    this.$fail(null!, News.Closed, 0, 0);
    this.socket.$manager.$machine?.$deliver();
    return this;
  }

  $opened(): void {
    this.readyState = "open";
    this.writable = true;
    this.$tell("open", []);
    this.$report?.(News.Opened);
  }

  /** Told after the call that sent has returned: what is written in one turn leaves together. */
  $sent(news = News.Sent): void {
    this.writable = true;
    this.$report?.(news);
  }

  onError(reason: string, description: unknown, context?: unknown): this {
    this.$fail(new TransportError(reason, description, context));
    return this;
  }

  $fail(error: TransportError | object, news = News.Failed, value?: unknown, status?: number): void {
    if (!this.$report) return;
    this.socket.$fault = error;
    this.$report(news, value, status);
  }

  createUri(scheme: string): string {
    const { opts } = this;
    const { hostname, path } = opts;
    const port = `${opts.port}`;
    const shown = port && port !== (opts.secure ? "443" : "80") ? `:${port}` : "";
    const query = joined(this.query);
    const host = `${hostname}`.includes(":") ? `[${hostname}]` : hostname;
    return `${scheme}${opts.secure ? "s" : ""}://${host}${shown}${path}${query && "?"}${query}`;
  }

  /** P-12: eight characters, never the same for long. */
  $stamp(wanted: unknown): void {
    if (!wanted) return;
    const random = Math.random().toString(36).slice(2, 5);
    this.query[this.opts.timestampParam] = Date.now().toString(36).slice(3) + random;
  }
}

export class Polling extends Transport {
  get name(): string {
    return "polling";
  }
  /** As the reference's XMLHttpRequest names its failures. */
  get $words(): string[] {
    return ["xhr poll error", "xhr post error"];
  }
  $requests = new Set<AbortController>();

  uri(): string {
    this.$stamp(this.opts.timestampRequests !== false);
    if (!this.supportsBinary && !this.query.sid) this.query.b64 = 1;
    return this.createUri("http");
  }

  doOpen(): void {
    this.$request(News.Polled, { method: "GET" });
  }

  $send(bodies: unknown[]): void {
    this.writable = false;
    const headers = { "Content-type": "text/plain;charset=UTF-8" };
    this.$request(News.Posted, { method: "POST", body: bodies[0] as string, headers });
  }

  close(): this {
    if (this.readyState === "open") this.$send(["1"]);
    // The server is told, whatever becomes of the rest.
    this.$requests.clear();
    return super.close();
  }

  async $request(news: News, init: RequestInit): Promise<void> {
    const { opts } = this;
    const request = new AbortController();
    const late = opts.requestTimeout && setTimeout(() => request.abort(), opts.requestTimeout);
    const failed = (description: unknown, context: unknown) => new TransportError(this.$words[news - News.Polled], description, context);
    this.$requests.add(request);
    try {
      // The flag of an XMLHttpRequest: cookies of the page's own origin always go along.
      const credentials = opts.withCredentials ? "include" : this instanceof Fetch ? "omit" : "same-origin";
      const headers = { Accept: "*/*", ...init.headers, ...platform.$headers(this.socket), ...opts.extraHeaders };
      const response = await platform.$fetch(this.uri(), { ...init, headers, credentials, signal: request.signal }, opts);
      platform.$answered(this.socket, response);
      const body = await text(response);
      if (!response.ok) {
        const { status } = response;
        const context = { status, statusText: response.statusText, responseText: body, response };
        this.$fail(failed(status, context), News.Refused, body.slice(0, 1024), status);
      } else if (news === News.Posted) this.$sent(news);
      else {
        // The handshake; later, a POST may be on its way.
        if (this.readyState === "opening") this.writable = true;
        this.readyState = "open";
        this.$report?.(news, body);
      }
    } catch (cause) {
      this.$fail(failed(0, cause));
    } finally {
      clearTimeout(late);
      this.$requests.delete(request);
    }
  }

  $abandon(): void {
    for (const request of this.$requests) request.abort();
  }
}

/** What a server answers at the most, decompressed, in bytes: as natively (F022, F023). */
export const MAX_BODY = 1 << 24;

/** A payload is UTF-8, with no mark before it (F020); what a refusal says is read as far as it can be. */
async function text(response: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: response.ok, ignoreBOM: true });
  const reader = response.body!.getReader();
  let body = "";
  let left = MAX_BODY;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return body + decoder.decode();
    left -= value.length;
    if (left < 0) {
      reader.cancel();
      throw fail("the body is too large", "too large");
    }
    body += decoder.decode(value, { stream: true });
  }
}

/** By its own class, as the reference's transport of that name: its words, and no cookies unless they are wanted. */
export class Fetch extends Polling {
  get $words(): string[] {
    return ["fetch read error", "fetch write error"];
  }
}

export class Socketed extends Transport {
  get name(): string {
    return "websocket";
  }
  ws: WebSocket | undefined;

  uri(): string {
    this.$stamp(this.opts.timestampRequests);
    if (!this.supportsBinary) this.query.b64 = 1;
    return this.createUri("ws");
  }

  doOpen(): void {
    let ws: WebSocket;
    try {
      ws = this.ws = platform.$webSocket(this.uri(), this.opts);
    } catch (cause) {
      // B-08: what the constructor throws is the failure of this attempt.
      queueMicrotask(() => this.$fail(new TransportError("websocket error", cause)));
      return;
    }
    ws.binaryType = this.socket.binaryType as BinaryType;
    ws.onopen = () => {
      if (this.opts.autoUnref) platform.$unref(ws);
      this.$opened();
    };
    ws.onmessage = ({ data }) => this.$report?.(typeof data === "string" ? News.Text : News.Binary, data);
    ws.onerror = (event) => this.$fail(new TransportError("websocket error", event));
    ws.onclose = (context) =>
      this.$fail({ description: "websocket connection closed", context }, News.Closed, 0, context.code);
  }

  $send(frames: unknown[]): void {
    const ws = this.ws!;
    this.writable = false;
    for (const frame of frames) {
      // It throws when the socket closes just now; that news is on its way.
      try {
        ws.send(frame as string);
      } catch {}
    }
    platform.$soon(this.$check);
  }

  /** The write is over once the browser has room for more. */
  $check = (): void => {
    if (!this.$report || this.ws!.bufferedAmount <= HIGH_WATER) return this.$sent();
    // The machine is to know how long that takes (F049).
    this.$report?.(News.Timeout);
    setTimeout(this.$check, 20);
  };

  $abandon(): void {
    const { ws } = this;
    if (!ws) return;
    ws.onopen = ws.onmessage = ws.onclose = null;
    // Closed before it is open, a socket of Node complains.
    ws.onerror = () => {};
    ws.close();
  }
}

/** More than this waits in the browser: what follows waits with us, where it can be counted and dropped. A burst of usual
 * size is less: long texts that wait here are copied by the collector. */
const HIGH_WATER = 1 << 22;

