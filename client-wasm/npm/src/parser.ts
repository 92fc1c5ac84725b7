/**
 * A parser of the application's own (P-114) in the place of Socket.IO's. The machine goes on to speak Socket.IO's
 * header; what the parser reads gets one on the way in, and what it writes loses it on the way out.
 */
import { fromBase64, toBase64 } from "./binary";
import { foreign } from "./packet";

type Packet = { type: number; nsp: string; data?: any; id?: number; options?: { compress: boolean }; attachments?: number };
type Decoder = { add(chunk: unknown): void; destroy?(): void; on(event: "decoded", listener: (it: Packet) => void): void };
export type Parser = { Encoder: new () => { encode(packet: Packet): unknown[] }; Decoder: new () => Decoder };

/** A packet that leaves: what the machine has put before it so far. */
class Draft {
  $written: unknown[] | undefined;

  constructor(
    readonly $head: string,
    readonly $data: unknown[],
    readonly $encode: (head: string, data: unknown) => unknown[],
  ) {}

  get length(): number {
    return 0;
  }

  /** The machine looks at what it wrote: whether a packet says goodbye. */
  charCodeAt(at: number): number {
    return this.$head.charCodeAt(at);
  }

  $prefixed(head: string): Draft {
    return new Draft(head + this.$head, this.$data, this.$encode);
  }

  $frames(): unknown[] {
    return (this.$written ||= this.$encode(this.$head, this.$data));
  }

  /** As polling sends it. */
  $encoded(): string[] {
    return this.$frames().map((it) => MARK + asText(it));
  }
}

export class Translator {
  readonly $encoder;
  readonly $decoder;
  $decoded: (text: unknown) => void = () => {};

  constructor(readonly $parser: Parser) {
    this.$encoder = new $parser.Encoder();
    this.$decoder = new $parser.Decoder();
    this.$decoder.on("decoded", (packet) => this.$decoded(headed(packet)));
  }

  $parcel({ data }: { data: unknown[] }): object {
    const text = new Draft("", data, (head, it) => this.$encode(head, it));
    return { $text: text, $buffers: [], $size: 0 };
  }

  /** A frame of the transport as the machine reads it: several packets, or none yet. */
  $read(frame: unknown, decoded: (text: unknown) => void): void {
    const isText = typeof frame === "string";
    if (isText && frame[0] === "b") return this.$read(fromBase64(frame.slice(1)) || "4", decoded);
    if (isText && frame[0] !== "4") return decoded(frame);
    this.$decoded = decoded;
    try {
      this.$decoder.add(isText ? frame.slice(1) : frame);
    } catch {
      // What it cannot read is no packet to the machine either.
      decoded("4");
    }
  }

  $readBody(body: string): string {
    const parts: unknown[] = [];
    for (const part of body.split(SEPARATOR)) this.$read(part, (it) => parts.push(it));
    // A body may hold part of a packet only, which is nothing yet; an empty one would be an error (B-02).
    return parts.length ? parts.join(SEPARATOR) : NOOP;
  }

  /** The machine has read it all. */
  $forget(): void {
    foreign.length = 0;
  }

  /** A frame that the machine made, as the parser writes it. */
  $write(frame: any): unknown[] {
    if (frame instanceof Draft) return frame.$frames();
    return typeof frame === "string" && frame[0] === "4" ? this.$encode(frame) : [frame];
  }

  $writeBody(body: string): string {
    const parts = body.split(SEPARATOR);
    return parts.flatMap((it) => (it[0] === MARK ? it.slice(1) : this.$write(it).map(asText))).join(SEPARATOR);
  }

  $encode(text: string, data?: unknown): unknown[] {
    const [, type, nsp, id, body] = /^4(\d)(?:\d+-)?(?:(\/[^,]*),?)?(\d*)(.*)$/s.exec(text)!;
    const packet: Packet = { type: +type, nsp: nsp || "/" };
    packet.data = data ?? (body ? JSON.parse(body) : undefined);
    if (id) packet.id = +id;
    if (packet.type === 2) packet.options = { compress: true };
    return this.$encoder.encode(packet).map((it) => (typeof it === "string" ? `4${it}` : it));
  }
}

function headed({ type, nsp, data, id }: Packet): string {
  // Binary packets have no types of their own here: their buffers are in the arguments already.
  const plain = type > 4 ? type - 3 : type;
  const head = `4${plain}${nsp === "/" ? "" : `${nsp},`}${id ?? ""}`;
  const isArgs = plain === 2 || plain === 3;
  return head + (isArgs ? `~${foreign.push(data) - 1}` : data === undefined ? "" : JSON.stringify(data));
}

const asText = (frame: unknown) => (typeof frame === "string" ? frame : `b${toBase64(frame)}`);
const NOOP = "6";
const SEPARATOR = "\x1e";
/** Before what the parser has written already. */
const MARK = "\x1d";
