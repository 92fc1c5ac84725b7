/** WebTransport: one bidirectional stream, packets framed as P-120 has them. */
import { bytes, length } from "./binary";
import { TransportError } from "./errors";
import { listen } from "./life";
import { platform } from "./platform";
import { News, Transport } from "./transports";

export class Streamed extends Transport {
  get name(): string {
    return "webtransport";
  }
  $session: any;
  $writer: WritableStreamDefaultWriter<Uint8Array> | undefined;

  uri(): string {
    // There is no other scheme (P-31), and no query (P-13): who we are is in the open packet.
    return this.createUri("http").replace(/^http:/, "https:").replace(/\?.*/, "");
  }

  doOpen(): void {
    try {
      const Session = (globalThis as any).WebTransport;
      this.$session = new Session(this.uri(), this.opts.transportOptions?.[this.name]);
    } catch (cause) {
      queueMicrotask(() => this.$broken(cause));
      return;
    }
    if (this.opts.pageLife !== false) {
      // Firefox leaves a session open behind a page that was closed, and is in haste with the page: what does more than this is
      // late half of the time (F131).
      const stop = listen(globalThis, "pagehide", () => this.$session.close());
      this.$session.closed.then(stop, stop);
    }
    this.$session.closed.then(this.$ended, this.$broken);
    this.$run().then(() => this.$late(this.$ended), this.$lost);
  }

  $broken = (cause: unknown): void => this.$fail(new TransportError("webtransport error", cause));

  $ended = (context?: unknown): void =>
    this.$fail({ description: "webtransport connection closed", context }, News.Closed, 0, 0);

  /** The stream is over: if the session is as well, that knows more of it, and tells it next. */
  $lost = (cause: unknown): void => this.$late(() => this.$broken(cause));

  $late(tell: () => void): void {
    setTimeout(tell, GRACE);
  }

  async $run(): Promise<void> {
    await this.$session.ready;
    const stream = await this.$session.createBidirectionalStream();
    const reader = stream.readable.getReader();
    this.$writer = stream.writable.getWriter();
    const { sid } = this.query;
    await this.$write("0" + (sid ? JSON.stringify({ sid }) : ""));
    this.$opened();
    const frames = new FrameDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const frame of frames.push(value)) {
        this.$report?.(typeof frame === "string" ? News.Text : News.Binary, frame);
      }
    }
  }

  $write(frame: unknown): Promise<void> {
    return this.$writer!.write(framed(frame));
  }

  $send(frames: unknown[]): void {
    this.writable = false;
    Promise.all(frames.map((frame) => this.$write(frame))).then(() => this.$sent(), this.$lost);
  }

  /** A session that is closed takes along what was not delivered: its stream ends some time before, if that does not take for
   * ever. Firefox says of a stream that it has ended when nothing has left yet. */
  $abandon(): void {
    const end = () => this.$session?.close();
    setTimeout(end, FAREWELL);
    if (this.$writer) this.$writer.close().then(() => this.$late(end), end);
    else end();
  }
}

/** A packet with its header before it. No bytes at all are said as in a body: a server takes a length of 0 for an error. */
export function framed(given: unknown): Uint8Array {
  const packet = length(given) ? given : "b";
  const isText = typeof packet === "string";
  const body = isText ? new TextEncoder().encode(packet as string) : bytes(packet);
  const size = body.length;
  const extra = size < 126 ? 0 : size < 0x10000 ? 2 : 8;
  const frame = new Uint8Array(1 + extra + size);
  const view = new DataView(frame.buffer);
  view.setUint8(0, (extra ? (extra < 8 ? 126 : 127) : size) | (isText ? 0 : 128));
  if (extra === 2) view.setUint16(1, size);
  if (extra === 8) view.setBigUint64(1, BigInt(size));
  frame.set(body, 1 + extra);
  return frame;
}

/** Bytes as they come, in pieces of any size, to packets (P-121). */
export class FrameDecoder {
  $waiting: Uint8Array[] = [];
  $size = 0;
  /** So many bytes must be there before there is anything new to say. */
  $enough = 1;

  /** What came before an illegal frame is still told. */
  *push(chunk: Uint8Array): Generator<unknown> {
    this.$size += chunk.length;
    this.$waiting.push(chunk);
    // A large packet in many pieces is put together once.
    if (this.$size < this.$enough) return;
    const all = new Uint8Array(this.$size);
    let at = 0;
    for (const it of this.$waiting) {
      all.set(it, at);
      at += it.length;
    }
    const view = new DataView(all.buffer);
    let end = 0;
    for (at = 0; ; at = end) {
      const short = all[at] & 127;
      const extra = short < 126 ? 0 : short < 127 ? 2 : 8;
      const start = at + 1 + extra;
      end = start;
      if (end > all.length) break;
      const size = extra ? (extra < 8 ? view.getUint16(at + 1) : Number(view.getBigUint64(at + 1))) : short;
      // So the official server says no bytes at all.
      if ((!size && all[at] !== 128) || size > MAX_FRAME) throw new Error("illegal frame");
      end += size;
      if (end > all.length) break;
      const body = all.slice(start, end);
      yield all[at] & 128 ? platform.$buffer(body) : utf8.decode(body);
    }
    this.$waiting = [all.slice(at)];
    this.$size -= at;
    this.$enough = end - at;
  }
}

/** Milliseconds between the end of the stream and that of its session. */
const GRACE = 200;
/** Milliseconds that what was sent may take to arrive when the session is over. */
const FAREWELL = 1000;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
/** One packet is held in memory whole. */
const MAX_FRAME = 1 << 28;
