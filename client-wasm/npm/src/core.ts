/**
 * The machine's memory and its wire: one instance for the page, made at first use. Texts, buffers and arguments
 * stay here, in slots; the machine has their numbers. What a number means to it is in client-wasm/src/npm.
 */
import instantiate from "sockeye:core";
import { fromBase64, ILLEGAL, length, restore, toBase64, type Parcel } from "./binary";

export type Exports = {
  $$memory: WebAssembly.Memory;
  $$new(seed: number, now: number): number;
  $$configure(client: number, ...numbers: number[]): void;
  $$send(client: number, message: number, binary: number, now: number): number;
  $$socket(client: number, name: number): number;
  $$wish(client: number, what: number, socket: number, value: number, args: number, now: number): void;
  $$emit(client: number, socket: number, args: number, id: number, now: number): number;
  $$ack(client: number, socket: number, session: number, id: number, args: number, now: number): number;
  $$input(client: number, what: number, on: number, value: number, now: number): void;
  $$alarm(client: number): number;
  $$poll(client: number): number;
};

/** The arguments of an event that came in, and how much room they take. */
export type Arrived = { $data: unknown[]; $size: number };

/** The first is none. */
const slots: any[] = [undefined];
const free: number[] = [];

export function keep(value: unknown): number {
  const slot = free.length ? free.pop()! : slots.length;
  slots[slot] = value;
  return slot;
}

export function take(slot: number): any {
  const value = slots[slot];
  slots[slot] = undefined;
  if (slot) free.push(slot);
  return value;
}

/** What the machine said last: fields by place, and the frames to send. */
export let fields: number[] = [];
export const frames: number[] = [];

/** What was wrong with the payload that was read last. */
export let misfit: string;

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
  if (buffer !== exports!.$$memory.buffer) memory = new Uint8Array((buffer = exports!.$$memory.buffer as ArrayBuffer));
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

/** As JSON; `undefined` when it is none. */
export function parsed(text: string): any {
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

/** A member of a small JSON object. */
const member = (slot: number, from: number, len: number): any => parsed(slots[slot])?.[ascii(from, len)];

const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];
export const isReserved = (event: unknown): boolean => RESERVED.includes(event as string);

/** By their places in client-wasm/src/npm/README.md, as a list has no names to carry. */
const imports = [
  /* out */ (...said: number[]) => void (fields = said),
  /* frame */ (slot: number) => void frames.push(slot),
  /* clone */ (slot: number) => keep(slots[slot]),
  /* release */ take,
  /* slice */ (slot: number, from: number, to: number) => keep(slots[slot].slice(from >>> 0, to >>> 0)),
  function find(slot: number, byte: number, from: number): number {
    const at = slots[slot].indexOf(String.fromCharCode(byte), from >>> 0);
    return at < 0 ? slots[slot].length : at;
  },
  /* text */ (from: number, len: number) => keep(ascii(from, len)),
  /* prefixed */ (slot: number, from: number, len: number) => keep(prefixed(ascii(from, len), slots[slot])),
  /* utf8_len */ (slot: number) => encoded(slots[slot]).reduce((sum: number, it: string) => sum + utf8.encode(it).length, 0),
  /* is */ (slot: number, from: number, len: number) => +(slots[slot] == ascii(from, len)),
  /* units */ (slot: number) => slots[slot].$size ?? length(slots[slot]),
  function ascii(slot: number, at: number): number {
    const code = slots[slot].charCodeAt(at);
    return code < 128 ? code : 0;
  },
  /* encode */ (slot: number) => keep((slots[slot] as Parcel).$text),
  /* attachment */ (slot: number, at: number) => keep((slots[slot] as Parcel).$buffers[at]),
  function decode(shape: number, slot: number, from: number, list: number, len: number): number {
    const text: string = slots[slot];
    try {
      let data: any = foreign.length && text[from] === "~" ? foreign[+text.slice(from + 1)] : JSON.parse(text.slice(from));
      if (len) data = restore(data, Array.from(new Uint32Array(bytes().buffer, list, len), (it) => slots[it]));
      // Section 1.8: an event has a name, an answer is a list.
      const name = Array.isArray(data) && (shape ? 0 : data[0]);
      if (typeof name === "number" || (typeof name === "string" && !isReserved(name))) {
        return keep({ $data: data, $size: text.length } as Arrived);
      }
      misfit = "invalid payload";
    } catch (error) {
      misfit = error === ILLEGAL ? ILLEGAL : "invalid payload";
    }
    return 0;
  },
  function string(slot: number, from: number, len: number): number {
    const it = len ? member(slot, from, len) : parsed(slots[slot]);
    return typeof it === "string" ? keep(it) : 0;
  },
  function number(slot: number, from: number, len: number): number {
    const it = member(slot, from, len);
    return it === undefined ? -1 : typeof it === "number" && it >= 0 ? it : -2;
  },
  function lists(slot: number, from: number, len: number, name: number, nameLen: number): number {
    const it = member(slot, from, len);
    return +(Array.isArray(it) && it.includes(ascii(name, nameLen)));
  },
  function packet(kind: number, count: number, nsp: number, id: number, payload: number): number {
    const head = `4${count ? `${kind + 3}${count}-` : kind}${nsp ? `${slots[nsp]},` : ""}${id < 0 ? "" : id}`;
    return keep(payload ? prefixed(head, slots[payload]) : head);
  },
  /* claim */ (pid: number, offset: number, auth: number) =>
    keep(JSON.stringify({ pid: slots[pid], offset: slots[offset], ...parsed(slots[auth] || "0") })),
  /* same */ (one: number, other: number) => +(slots[one] == slots[other]),
  /* is_plain */ (slot: number, max: number) => +(slots[slot].length <= max && /^[\w.:=+/-]+$/.test(slots[slot])),
  function offset(slot: number): number {
    const data = (slots[slot] as Arrived).$data;
    const last = data[data.length - 1];
    return data.length > 1 && typeof last === "string" ? keep(last) : 0;
  },
  /* attachments */ (slot: number) => (slots[slot] as Parcel).$buffers.length,
  function from_base64(slot: number): number {
    const result = fromBase64(slots[slot]);
    return result === undefined ? 0 : keep(result);
  },
];

function prefixed(head: string, body: any): unknown {
  return typeof body === "string" ? head + body : body.$prefixed(head);
}

/** What travels of a frame where only text does; one that another parser writes may be several packets. */
export function encoded(it: any): string[] {
  return typeof it === "string" ? [it] : it.$encoded ? it.$encoded() : [`b${toBase64(it)}`];
}
