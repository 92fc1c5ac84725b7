/** Socket.IO's packets as they travel (1.8): the machine says which of them count, their content stays here. */
import { length, restore, type Parcel } from "./binary";

/** With the type of a packet without attachments; 5 is an answer to CONNECT without an id. */
export type Packet = { $type: number; $nsp: string; $id?: number; $data?: any };

const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];
export const isReserved = (event: unknown): boolean => RESERVED.includes(event as string);

/** What another parser has read, while the machine looks at the header made for it: its payload is `~` and the place. */
export const foreign: unknown[] = [];

const INVALID = "invalid payload";
const EVENT = 2;
const ACK = 3;
const OLD = 5;
/** More, and servers drop the connection (P-85). */
export const MAX_ATTACHMENTS = 10;
const MAX_BYTES = 2 ** 26;

/** Its frames. */
export function written(type: number, nsp: string, id: number | undefined, { $text, $buffers }: Pick<Parcel, "$text" | "$buffers">): unknown[] {
  const count = $buffers.length;
  const head = `4${count ? `${type + 3}${count}-` : type}${nsp === "/" ? "" : `${nsp},`}${id ?? ""}`;
  const text: any = $text;
  return [typeof text === "string" ? head + text : text.$prefixed(head), ...$buffers];
}

/** F004 */
const isId = (it: unknown) => typeof it === "string" && !!it && it.length <= 256;

/** One for each connection: attachments follow their packet whatever the namespace. */
export class Reader {
  $packet: Packet | undefined;
  $payload = "";
  $missing = 0;
  $size = 0;
  $buffers: unknown[] = [];

  /** `undefined` while attachments are awaited; throws what is wrong, in the reference's words. */
  $read(frame: unknown): Packet | undefined {
    if (typeof frame === "string") {
      if (this.$missing) throw "got plaintext data when reconstructing a packet";
      this.$header(frame);
    } else {
      if (!this.$missing) throw "got binary data when not reconstructing a packet";
      this.$missing--;
      this.$buffers.push(frame);
      this.$size += length(frame);
      if (this.$size > MAX_BYTES) throw "too many attachments";
    }
    if (this.$missing) return;
    const packet = this.$packet!;
    packet.$data = content(packet.$type, this.$payload, this.$buffers);
    // Socket.IO 2 answers without one (B-26, F003, F076).
    if (!packet.$type && !isId(packet.$data?.sid)) packet.$type = OLD;
    return packet;
  }

  $header(text: string): void {
    const type = +text[1];
    if (text.length < 2) throw INVALID;
    if (!(type < 7)) throw `unknown packet type ${text[1]}`;
    const binary = type > 4;
    // Most have neither a namespace nor an id.
    const [head, count, nsp = "/", id] = text[2] === "[" ? [text.slice(0, 2), ""] : (binary ? BINARY : PLAIN).exec(text)!;
    this.$missing = binary ? attachments(count) : 0;
    this.$size = 0;
    this.$buffers = [];
    this.$payload = text.slice(head.length);
    const packet: Packet = { $type: binary ? type - 3 : type, $nsp: nsp };
    this.$packet = packet;
    if (nsp.length > 1024 || (binary && !this.$payload)) throw INVALID;
    const takesId = packet.$type === EVENT || packet.$type === ACK;
    // Without leading zeros, and a double can count to it (F068).
    if (id ? !takesId || !Number.isSafeInteger(+id) || /^0./.test(id) : packet.$type === ACK) throw "invalid packet id";
    if (id) packet.$id = +id;
  }
}

/** Attachments or an empty group, the namespace up to a comma or the end (P-81), the id. */
const PLAIN = /^4.()(?:(\/[^,]*),?)?(\d*)/;
const BINARY = /^4.(\d*-?)(?:(\/[^,]*),?)?(\d*)/;

/** None announced, and something would be collected without end (F065). */
function attachments(count: string): number {
  if (!/^[1-9]\d*-$/.test(count)) throw "Illegal attachments";
  if (parseInt(count) > MAX_ATTACHMENTS) throw "too many attachments";
  return parseInt(count);
}

/** The payload must fit the type. */
function content(type: number, payload: string, buffers: unknown[]): unknown {
  const isArgs = type === EVENT || type === ACK;
  if (!isArgs && !payload) return type === 4 ? {} : undefined;
  if (type === 1) throw INVALID;
  let data: any = foreign.length && payload[0] === "~" ? foreign[+payload.slice(1)] : JSON.parse(payload);
  if (!isArgs) {
    const fits = typeof data === "string" ? type : data && typeof data === "object" && !Array.isArray(data);
    if (!fits) throw INVALID;
    return data;
  }
  if (buffers.length) data = restore(data, buffers);
  // Section 1.8: an event has a name, an answer is a list.
  const name = Array.isArray(data) && (type === ACK ? 0 : data[0]);
  if (typeof name === "number" || (typeof name === "string" && !isReserved(name))) return data;
  throw INVALID;
}
