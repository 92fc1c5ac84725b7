/** A parser of the application's own (P-114), which reads and writes packets in the place of Socket.IO's. */
import { fromBase64 } from "./binary";
import type { Packet as Read } from "./packet";

type Packet = { type: number; nsp: string; data?: any; id?: number; options?: object };
type Decoder = { destroy?(): void; add(chunk: unknown): void; on(event: "decoded", listener: (it: Packet) => void): void };
export type Parser = { Encoder: new () => { encode(packet: Packet): unknown[] }; Decoder: new () => Decoder };

export class Translator {
  readonly $encoder;
  readonly $decoder;
  $decoded: unknown[] = [];

  constructor({ Encoder, Decoder }: Parser) {
    this.$encoder = new Encoder();
    this.$decoder = new Decoder();
    this.$decoder.on("decoded", ({ type, nsp, data, id }) => {
      // Binary packets have no types of their own here: their buffers are in the arguments already.
      const packet: Read = { $type: type > 4 ? type - 3 : type, $nsp: nsp, $id: id, $data: data };
      this.$decoded.push(Object.assign(packet, looksLike("4")));
    });
  }

  /** What the machine is to read of a frame: several packets, or none yet. */
  $read(frame: any): unknown[] {
    let chunk = frame;
    if (typeof frame === "string") {
      chunk = frame.slice(1);
      if (frame[0] === "b") chunk = fromBase64(chunk);
      else if (frame[0] !== "4") return [frame];
    }
    try {
      this.$decoder.add(chunk);
    } catch {
      // What it cannot read is no packet to the machine either.
      this.$decoded.push("4");
    }
    return this.$decoded.splice(0);
  }

  $written(type: number, nsp: string, id: number | undefined, data: unknown, options?: object): unknown[] {
    const packet: Packet = { type, nsp, data };
    if (id !== undefined) packet.id = id;
    if (options) packet.options = options;
    const $frames = this.$encoder.encode(packet).map((it) => (typeof it === "string" ? `4${it}` : it));
    return [{ $frames, ...looksLike(`4${type}`) }];
  }
}

/** All that the machine looks at. */
const looksLike = (text: string) => ({ charCodeAt: (at: number) => text.charCodeAt(at) });
