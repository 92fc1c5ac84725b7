/** WebTransport: one bidirectional stream, packets framed as P-120 has them. */
import { bytes } from "./binary";
import { TransportError } from "./errors";
import { News, Transport } from "./transports";

export class Streamed extends Transport {
  get name(): string {
    return "webtransport";
  }
  $session: any;
  $writer: WritableStreamDefaultWriter<Uint8Array> | undefined;

  uri(): string {
    // P-13: without a query; who we are is in the open packet.
    return this.createUri("http").replace(/\?.*/, "");
  }

  doOpen(): void {
    const broken = (cause: unknown) => this.$fail(new TransportError("webtransport error", cause));
    let session: any;
    try {
      const Session = (globalThis as any).WebTransport;
      session = this.$session = new Session(this.uri(), this.opts.transportOptions?.[this.name]);
    } catch (cause) {
      queueMicrotask(() => broken(cause));
      return;
    }
    session.closed.then(
      () => this.$fail({ description: "webtransport connection closed" }, News.Closed, 0, 0),
      broken,
    );
    this.$run(session).catch(broken);
  }

  async $run(session: any): Promise<void> {
    await session.ready;
    const stream = await session.createBidirectionalStream();
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
    // A write that fails ends the session, which is told of by itself.
    Promise.all(frames.map((frame) => this.$write(frame))).then(
      () => this.$sent(),
      () => {},
    );
  }

  $abandon(): void {
    this.$session?.close();
  }
}

/** A packet with its header before it. */
export function framed(packet: unknown): Uint8Array {
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
  $waiting = new Uint8Array(0);

  push(chunk: Uint8Array): unknown[] {
    const all = new Uint8Array(this.$waiting.length + chunk.length);
    all.set(this.$waiting);
    all.set(chunk, this.$waiting.length);
    const view = new DataView(all.buffer);
    const found: unknown[] = [];
    let at = 0;
    while (at < all.length) {
      const short = all[at] & 127;
      const extra = short < 126 ? 0 : short < 127 ? 2 : 8;
      const start = at + 1 + extra;
      if (start > all.length) break;
      const size = extra ? (extra < 8 ? view.getUint16(at + 1) : Number(view.getBigUint64(at + 1))) : short;
      if (!size || size > MAX_FRAME) throw new Error("illegal frame");
      if (start + size > all.length) break;
      const body = all.slice(start, start + size);
      found.push(all[at] & 128 ? body.buffer : new TextDecoder().decode(body));
      at = start + size;
    }
    this.$waiting = all.slice(at);
    return found;
  }
}

/** One packet is held in memory whole. */
const MAX_FRAME = 1 << 28;
