/** Binary values in arguments: pulled out on the way out, put back on the way in (P-83, P-84). */

import { platform } from "./platform";

/** One for all events without, as this is on the way of each. */
const NONE: unknown[] = [];

/** What leaves: JSON with placeholders, and what they stand for. */
export class Parcel {
  $buffers = NONE;
  readonly $text: string;

  constructor(readonly $data: unknown[]) {
    // The reference's order: depth first, arrays and objects as they come. `toJSON` is heard before the search.
    const isPlain = !hasBinary($data);
    if (!isPlain) this.$buffers = [];
    this.$text = JSON.stringify(isPlain ? $data : this.$pull($data));
  }

  get $size(): number {
    let sum = this.$text.length;
    for (const it of this.$buffers) sum += length(it);
    return sum;
  }

  $pull(value: any): unknown {
    if (!value || typeof value !== "object") return value;
    if (isBinary(value)) return { _placeholder: true, num: this.$buffers.push(own(value)) - 1 };
    if (Array.isArray(value)) return value.map((it) => this.$pull(it));
    if (value instanceof Date) return value;
    if (typeof value.toJSON === "function") return this.$pull(value.toJSON());
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) copy[key] = this.$pull(value[key]);
    return copy;
  }
}

export const ILLEGAL = "illegal attachments";

/** Puts the attachments where the placeholders are; throws when one has no attachment (B-18). */
export function restore(value: any, buffers: unknown[]): unknown {
  if (!value || typeof value !== "object") return value;
  if (value._placeholder === true) {
    if (!(value.num in buffers) || typeof value.num !== "number") throw ILLEGAL;
    return buffers[value.num];
  }
  for (const key of Object.keys(value)) value[key] = restore(value[key], buffers);
  return value;
}

/** How much room a text or a buffer takes. */
export function length(value: any): number {
  return value.length ?? value.byteLength ?? value.size;
}

/** The bytes of any buffer, without copying. */
export function bytes(value: any): Uint8Array {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}

export function toBase64(value: unknown): string {
  let text = "";
  let all: Uint8Array = new Uint8Array();
  try {
    all = bytes(value);
  } catch {
    // Detached while it waited behind another body.
  }
  // In parts: a call takes only so many arguments.
  for (let at = 0; at < all.length; at += 8192) text += String.fromCharCode(...all.subarray(at, at + 8192));
  return btoa(text);
}

/** Strict: nothing but padded base64 (F018). */
export function fromBase64(text: string): unknown {
  if (text.length % 4 || !/^[\w+/]*={0,2}$/.test(text) || text.includes("_")) return;
  return platform.$buffer(Uint8Array.from(atob(text), (it) => it.charCodeAt(0)));
}

/** Looked up once: what a window does not have it seeks among its elements, for every object anew. Without one, nothing
 * that is searched is of that class. */
const Shared = globalThis.SharedArrayBuffer || Parcel;
const isShared = (value: unknown): boolean => value instanceof Shared;

/** No WebSocket takes what is shared. What is detached has no bytes any more: a TypeError (F136). */
function own(value: any): unknown {
  if (isBlob(value)) return value;
  const all = bytes(value);
  return isShared(all.buffer) ? all.slice() : value;
}

export const isBlob = (value: unknown): value is Blob => typeof Blob === "function" && value instanceof Blob;

function isBinary(value: object): boolean {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value) || isBlob(value) || isShared(value);
}

/** The search is on the way of every event: it leaves early and makes nothing. */
function hasBinary(value: any): boolean {
  if (!value || typeof value !== "object") return false;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) if (hasBinary(value[at])) return true;
    return false;
  }
  if (isBinary(value)) return true;
  if (typeof value.toJSON === "function") return hasBinary(value.toJSON());
  for (const key in value) if (Object.prototype.hasOwnProperty.call(value, key) && hasBinary(value[key])) return true;
  return false;
}
