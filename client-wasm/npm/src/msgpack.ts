/** The msgpack parser, for the option `parser` (1.10, P-114): one packet, one binary message. */
import { decode } from "./msgpack/decode";
import { encode } from "./msgpack/encode";

type Packet = { type: number; nsp: string; data?: unknown; id?: number; options?: object };
type Listener = (packet: Packet) => void;

export const protocol = 5;

export class Encoder {
  encode({ type, data, options, id, nsp }: Packet): Uint8Array[] {
    // The reference's order of keys (P-110).
    const packet: Record<string, unknown> = { type, data };
    if (options) packet.options = options;
    if (id !== undefined) packet.id = id;
    packet.nsp = nsp;
    return [encode(packet)];
  }
}

export class Decoder {
  private listeners: Listener[] = [];

  on(event: "decoded", listener: Listener): this {
    if (event === "decoded") this.listeners.push(listener);
    return this;
  }

  add(chunk: unknown): void {
    if (typeof chunk === "string") throw new Error("got plaintext data, not msgpack");
    const packet = decode(chunk as ArrayBuffer | ArrayBufferView) as Packet;
    check(packet);
    for (const listener of [...this.listeners]) listener(packet);
  }

  destroy(): void {
    this.listeners = [];
  }
}

export default { protocol, Encoder, Decoder };

/** P-112. */
function check(packet: Packet): void {
  const { type, nsp, data, id } = packet || {};
  if (!Number.isInteger(type) || type < 0 || type > 4) throw new Error("invalid packet type");
  if (typeof nsp !== "string") throw new Error("invalid namespace");
  const isObject = typeof data === "object" && data !== null && !Array.isArray(data);
  const fits = [
    data === undefined || isObject,
    data === undefined,
    Array.isArray(data),
    Array.isArray(data),
    typeof data === "string" || isObject,
  ][type];
  if (!fits) throw new Error("invalid payload");
  if (id !== undefined && !Number.isInteger(id)) throw new Error("invalid packet id");
}
