/**
 * The machine's memory and its wire: one instance for the page, made at first use. Texts, buffers and arguments
 * stay here, in slots; the machine has their numbers. What a number means to it is in client-wasm/src/npm.
 */
import instantiate from "sockeye:core";
import { fromBase64, length, toBase64 } from "./binary";
import { handshake } from "./packet";

export type Exports = {
  $$new(seed: number, now: number): number;
  $$free(client: number): void;
  $$configure(client: number, ...numbers: number[]): void;
  $$send(client: number, socket: number, packet: number, now: number): number;
  $$socket(client: number): number;
  $$wish(client: number, what: number, socket: number, value: number, now: number): void;
  $$input(client: number, what: number, on: number, value: number, now: number): void;
  $$alarm(client: number): number;
  $$poll(client: number): number;
};

/** Who reads and writes packets for a machine. */
export type Host = { $read(frame: unknown): number; $farewells: unknown[] };

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

/** How many values the machine holds: for tests that look for leaks. */
export const held = (): number => slots.length - 1 - free.length;

let exports: Exports | undefined;
/** Of the machine that was called last, and may call back. */
let host: Host | undefined;

export function core(of: Host): Exports {
  host = of;
  return (exports ??= instantiate({ h: imports as unknown as WebAssembly.ModuleImports }) as unknown as Exports);
}

/** No call is under way: who was called last may be forgotten. */
export const rest = (): void => void (host = undefined);

/** Lets go of a client: of a manager that nobody has any more, too. */
export const release = (client: number): void => exports!.$$free(client);

/** What the machine says itself: a digit, or one and "probe". */
const word = (code: number): string => String.fromCharCode(code & 255) + (code > 255 ? "probe" : "");

const utf8 = new TextEncoder();
/** By their places in client-wasm/src/npm/README.md, as a list has no names to carry. */
const imports = [
  /* out */ (...said: number[]) => void (fields = said),
  /* frame */ (slot: number) => void frames.push(slot),
  /* clone */ (slot: number) => keep(slots[slot]),
  /* release */ take,
  /* word */ (code: number) => keep(word(code)),
  /* utf8_len */ (slot: number) => size(slots[slot]),
  /* is */ (slot: number, code: number) => +(slots[slot] === word(code)),
  /* units */ (slot: number) => length(slots[slot]),
  function ascii(slot: number, at: number): number {
    // Bytes that leave are looked at, too.
    const code = slots[slot].charCodeAt?.(at);
    return code < 128 ? code : 0;
  },
  /* read */ (slot: number) => host!.$read(take(slot)),
  /* part */ (slot: number, at: number) => (at < slots[slot].length ? keep(slots[slot][at]) : 0),
  /* farewell */ (socket: number) => keep(host!.$farewells[socket]),
  /* handshake */ (slot: number, what: number) => handshake(slots[slot])[what],
  function from_base64(slot: number): number {
    const result = fromBase64(slots[slot].slice(1));
    return result === undefined ? 0 : keep(result);
  },
];

/** What travels of it: a packet that another parser has written may be several frames. */
export const framed = (it: any): unknown[] => it.$frames || [it];

/** The same where only text does. */
export const encoded = (it: unknown): string[] =>
  framed(it).map((frame) => (typeof frame === "string" ? frame : `b${toBase64(frame)}`));

/** Its length in a body. */
export const size = (it: unknown) => encoded(it).reduce((sum, text) => sum + utf8.encode(text).length, 0);
