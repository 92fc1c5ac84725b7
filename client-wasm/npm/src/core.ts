/**
 * The machine's memory and its wire: one instance for the page, made at first use. Texts, buffers and arguments
 * stay here, in slots; the machine has their numbers. What a number means to it is in client-wasm/src/npm.
 */
import instantiate from "sockeye:core";
import { fromBase64, length, restore, toBase64, type Parcel } from "./binary";

export type Exports = {
  memory: WebAssembly.Memory;
  "new"(origin: number, path: number, numbers: number, seed: number, now: number): number;
  free(client: number): void;
  configure(client: number, numbers: number): void;
  send(client: number, message: number, binary: number, now: number): number;
  socket(client: number, name: number, flags: number, retries: number, ackTimeout: number): number;
  wish(client: number, what: number, socket: number, value: number, args: number, now: number): void;
  emit(client: number, socket: number, args: number, flags: number, timeout: number, ttl: number, now: number): number;
  ack(client: number, socket: number, session: number, id: number, args: number, now: number): number;
  input(client: number, what: number, on: number, value: number, number: number, now: number): void;
  alarm(client: number): number;
  facts(client: number, socket: number): number;
  poll(client: number): number;
};

/** The arguments of an event that came in, and how much room they take. */
export type Arrived = { $data: unknown[]; $size: number };

const slots: any[] = [0];
const free: number[] = [];

export function keep(value: unknown): number {
  const slot = free.length ? free.pop()! : slots.length;
  slots[slot] = value;
  return slot;
}

export function take(slot: number): any {
  const value = slots[slot];
  slots[slot] = undefined;
  free.push(slot);
  return value;
}

/** What the machine said last: fields by number, and the frames to send. */
export const fields: any[] = [];
export const frames: number[] = [];

/** How many values the machine holds: for tests that look for leaks. */
export const held = (): number => slots.length - 1 - free.length;

let exports: Exports | undefined;
let buffer: ArrayBuffer;
let memory: Uint8Array;

export function core(): Exports {
  return (exports ??= instantiate({ h: imports as unknown as WebAssembly.ModuleImports }) as unknown as Exports);
}

function bytes(): Uint8Array {
  // It is another one after the memory has grown.
  if (buffer !== exports!.memory.buffer) memory = new Uint8Array((buffer = exports!.memory.buffer as ArrayBuffer));
  return memory;
}

function ascii(from: number, len: number): string {
  return String.fromCharCode(...bytes().subarray(from, from + len));
}

const utf8 = new TextEncoder();
/** What another parser has read, while the machine reads the header made for it: its payload is `~` and the place. */
export const foreign: unknown[] = [];

let lastText: string | undefined;
let lastValue: any;

function parsed(text: string): any {
  if (text !== lastText) {
    lastText = text;
    try {
      lastValue = JSON.parse(text);
    } catch {
      lastValue = undefined;
    }
  }
  return lastValue;
}

const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];
export const isReserved = (event: unknown): boolean => RESERVED.includes(event as string);

const imports = {
  clone: (slot: number) => keep(slots[slot]),
  release: take,
  slice: (slot: number, from: number, to: number) => keep(slots[slot].slice(from >>> 0, to >>> 0)),
  find(slot: number, byte: number, from: number) {
    const at = slots[slot].indexOf(String.fromCharCode(byte), from >>> 0);
    return at < 0 ? slots[slot].length : at;
  },
  text: (from: number, len: number) => keep(ascii(from, len)),
  prefixed: (slot: number, from: number, len: number) => keep(prefixed(ascii(from, len), slots[slot])),
  joined(from: number, len: number) {
    const parts = new Uint32Array(bytes().buffer, from, len);
    return keep(Array.from(parts, (slot) => slots[slot]).flatMap(encoded).join("\x1e"));
  },
  utf8_len: (slot: number) => encoded(slots[slot]).reduce((sum: number, it: string) => sum + utf8.encode(it).length, 0),
  is: (slot: number, from: number, len: number) => +(slots[slot] == ascii(from, len)),
  units: (slot: number) => slots[slot].$size ?? length(slots[slot]),
  ascii(slot: number, at: number) {
    const code = slots[slot].charCodeAt(at);
    return code < 128 ? code : 0;
  },
  read(slot: number, into: number) {
    utf8.encodeInto(slots[slot], bytes().subarray(into));
  },
  encode: (slot: number) => keep((slots[slot] as Parcel).$text),
  attachment: (slot: number, at: number) => keep((slots[slot] as Parcel).$buffers[at]),
  attachments: (slot: number) => (slots[slot] as Parcel).$buffers.length,
  decode(shape: number, slot: number, from: number, list: number, len: number) {
    const text: string = slots[slot];
    try {
      let data: any = foreign.length && text[from] === "~" ? foreign[+text.slice(from + 1)] : JSON.parse(text.slice(from));
      if (len) data = restore(data, Array.from(new Uint32Array(bytes().buffer, list, len), (it) => slots[it]));
      // Section 1.8: an event has a name, an answer is a list.
      const name = Array.isArray(data) && (shape ? 0 : data[0]);
      if (typeof name === "number" || (typeof name === "string" && !isReserved(name))) {
        return keep({ $data: data, $size: text.length } as Arrived);
      }
    } catch {}
    return 0;
  },
  member(slot: number, from: number, len: number, into: number) {
    const value = parsed(slots[slot]);
    const isObject = value && typeof value === "object" && !Array.isArray(value);
    if (value === undefined || (from && !isObject)) return 0;
    const it = from ? value[ascii(from, len)] : value;
    const isNumber = typeof it === "number" && it >= 0;
    if (it === undefined) return 1;
    const stands = isNumber ? it : keep(typeof it === "string" ? it : JSON.stringify(it));
    new DataView(bytes().buffer).setFloat64(into, stands, true);
    return isNumber ? 2 : typeof it === "string" ? 3 : 4;
  },
  offset(slot: number) {
    const data = (slots[slot] as Arrived).$data;
    const last = data[data.length - 1];
    return data.length > 1 && typeof last === "string" ? keep(last) : 0;
  },
  without_last: take,
  base64(slot: number, back: number) {
    const result = back ? fromBase64(slots[slot]) : toBase64(slots[slot]);
    return result === undefined ? 0 : keep(result);
  },
  out(at: number, value: number) {
    fields[at] = value;
    if (at === 1 || at === 2) frames.push(value);
  },
  out_number: (at: number, value: number) => void (fields[at] = value),
  out_text: (at: number, from: number, len: number) => void (fields[at] = text(from, len)),
};

const decoder = new TextDecoder();
const text = (from: number, len: number) => decoder.decode(bytes().subarray(from, from + len));

function prefixed(head: string, body: any): unknown {
  return typeof body === "string" ? head + body : body.$prefixed(head);
}

/** What travels of a text over polling; one that another parser writes may be several packets. */
function encoded(it: any): string[] {
  return typeof it === "string" ? [it] : it.$encoded();
}
