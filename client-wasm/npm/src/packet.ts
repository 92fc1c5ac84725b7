/** Socket.IO's packets as they travel (1.8): the machine says which of them count, their content stays here. */
import { length, restore, type Parcel } from "./binary";

/** With the type of a packet without attachments; 5 is an answer to CONNECT without an id. */
export type Packet = { $type: number; $nsp: string; $id?: number; $data?: any };

const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];
export const isReserved = (event: unknown): boolean => RESERVED.includes(event as string);

const INVALID = "invalid payload";
const EVENT = 2;
const ACK = 3;
const OLD = 5;
/** More, and servers drop the connection (P-85). */
export const MAX_ATTACHMENTS = 10;
const MAX_BYTES = 2 ** 26;

/** Its frames. */
export function written(type: number, nsp: string, id: number | undefined, { $text, $buffers }: Parcel): unknown[] {
  const count = $buffers.length;
  const head = `4${count ? `${type + 3}${count}-` : type}${nsp === "/" ? "" : `${nsp},`}${id ?? ""}`;
  return [head + $text, ...$buffers];
}

/** F004 */
const isId = (it: unknown) => typeof it === "string" && !!it && it.length <= 256;

/** What an OPEN says (P-30): its kind, `pingInterval`, `pingTimeout`, `maxPayload`, in the machine's numbers. */
export function handshake(text: string): number[] {
  // F003
  if (/^\d+:0{/.test(text)) return [1];
  let said: any;
  try {
    said = JSON.parse(text.slice(1)) || 0;
  } catch {
    return [0];
  }
  const { sid, upgrades, pingInterval, pingTimeout, maxPayload = Infinity } = said;
  const numbers = [pingInterval, pingTimeout, maxPayload];
  if (!isId(sid) || !numbers.every((it) => typeof it === "number" && it >= 1)) return [0];
  const offers = (name: string) => +(Array.isArray(upgrades) && upgrades.includes(name));
  // P-56: only python-engineio names the time-out first.
  const isPython = +/"pingT.*"pingI/.test(text);
  return [2 + 2 * offers("websocket") + 4 * offers("webtransport") + 8 * isPython, ...numbers];
}

/** One for each connection: attachments follow their packet whatever the namespace. */
export class Reader {
  $packet: Packet | undefined;
  $payload = "";
  $missing = 0;
  $size = 0;
  $buffers: unknown[] = [];

  /** `undefined` while attachments are awaited; throws what is wrong, in the reference's words. */
  $read(frame: any): Packet | undefined {
    if (typeof frame === "string") {
      if (this.$missing) throw "got plaintext data when reconstructing a packet";
      this.$header(frame);
    } else if (frame.$nsp) return fit(frame);
    else {
      if (!this.$missing) throw "got binary data when not reconstructing a packet";
      this.$missing--;
      this.$buffers.push(frame);
      this.$size += length(frame);
      if (this.$size > MAX_BYTES) throw "too many attachments";
    }
    if (this.$missing) return;
    const packet = this.$packet!;
    if (this.$payload) packet.$data = JSON.parse(this.$payload);
    if (this.$buffers.length) packet.$data = restore(packet.$data, this.$buffers);
    return fit(packet);
  }

  $header(text: string): void {
    const type = +text[1];
    if (text.length < 2) throw INVALID;
    if (!(type < 7)) throw `unknown packet type ${text[1]}`;
    const binary = type > 4;
    // Most have neither a namespace nor an id.
    const parts = text[2] === "[" ? [text.slice(0, 2), ""] : (binary ? BINARY : PLAIN).exec(text)!;
    const [head, count, nsp = "/", id] = parts;
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

/** What it says must fit its type (section 1.8). */
function fit(packet: Packet): Packet {
  const { $type: type, $data: data } = packet;
  const isObject = data && typeof data === "object";
  const isList = Array.isArray(data);
  // An event has a name, an answer is a list.
  const name = isList && data[0];
  const fits = [
    data === undefined || (isObject && !isList),
    data === undefined,
    typeof name === "number" || (typeof name === "string" && !isReserved(name)),
    isList,
    data === undefined || typeof data === "string" || (isObject && !isList),
  ][type];
  if (!fits) throw INVALID;
  // Socket.IO 2 answers without one (B-26, F003, F076).
  if (!type && !isId(data?.sid)) packet.$type = OLD;
  if (type === 4) packet.$data ??= {};
  return packet;
}
