/** Values to msgpack: the smallest integer that fits, every other number a float64 (P-111). */

const utf8 = new TextEncoder();

export function encode(value: unknown): Uint8Array {
  const writer = new Writer();
  writer.value(value);
  return writer.bytes.slice(0, writer.at);
}

class Writer {
  bytes = new Uint8Array(256);
  view = new DataView(this.bytes.buffer);
  at = 0;

  value(it: any): void {
    switch (typeof it) {
      case "string":
        return this.string(it);
      case "number":
        return Number.isSafeInteger(it) && !Object.is(it, -0) ? this.integer(it) : this.float(it);
      case "boolean":
        return this.byte(it ? 0xc3 : 0xc2);
      case "bigint":
        return this.long(it);
      case "object":
        return it === null ? this.byte(0xc0) : this.object(it);
      default:
        // Ext 0 of one byte: what there is no value for, functions and symbols too.
        return this.push(0xd4, 0, 0);
    }
  }

  private object(it: any): void {
    if (Array.isArray(it)) {
      this.head(it.length, 0x90, 16, 0, 0xdc);
      for (const item of it) this.value(item);
    } else if (it instanceof ArrayBuffer) this.binary(new Uint8Array(it));
    else if (ArrayBuffer.isView(it)) this.binary(new Uint8Array(it.buffer, it.byteOffset, it.byteLength));
    else if (it instanceof Date) {
      this.push(0xd7, 0);
      this.room(8);
      this.view.setBigInt64(this.at, BigInt(it.getTime()));
      this.at += 8;
    } else if (typeof it.toJSON === "function") this.value(it.toJSON());
    else {
      const keys = Object.keys(it).filter((key) => typeof it[key] !== "function");
      this.head(keys.length, 0x80, 16, 0, 0xde);
      for (const key of keys) {
        this.string(key);
        this.value(it[key]);
      }
    }
  }

  private string(it: string): void {
    const text = utf8.encode(it);
    this.head(text.length, 0xa0, 32, 0xd9, 0xda);
    this.raw(text);
  }

  private binary(it: Uint8Array): void {
    this.head(it.length, 0, 0, 0xc4, 0xc5);
    this.raw(it);
  }

  private integer(it: number): void {
    if (it >= 0 ? it < 128 : it >= -32) return this.byte(it & 255);
    const isNegative = it < 0;
    const size = isNegative ? [128, 32768, 2147483648] : [256, 65536, 4294967296];
    const limit = isNegative ? -it - 1 : it;
    const width = size.findIndex((max) => limit < max);
    this.byte((isNegative ? 0xd0 : 0xcc) + (width < 0 ? 3 : width));
    this.room(8);
    if (width < 0) this.view.setBigInt64(this.at, BigInt(it));
    else if (width === 2) this.view.setUint32(this.at, it >>> 0);
    else if (width === 1) this.view.setUint16(this.at, it & 65535);
    else this.bytes[this.at] = it & 255;
    this.at += width < 0 ? 8 : 1 << width;
  }

  private long(it: bigint): void {
    this.byte(it < 0n ? 0xd3 : 0xcf);
    this.room(8);
    this.view.setBigInt64(this.at, BigInt.asIntN(64, it));
    this.at += 8;
  }

  private float(it: number): void {
    this.byte(0xcb);
    this.room(8);
    this.view.setFloat64(this.at, it);
    this.at += 8;
  }

  /** A length: in the type's own byte if it is small, or after it; `short` takes one byte of length, `next` two. */
  private head(length: number, fixed: number, limit: number, short: number, next: number): void {
    if (length < limit) return this.byte(fixed | length);
    if (short && length < 256) return this.push(short, length);
    if (length < 65536) return this.push(next, length >> 8, length & 255);
    this.push(next + 1, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255);
  }

  private raw(it: Uint8Array): void {
    this.room(it.length);
    this.bytes.set(it, this.at);
    this.at += it.length;
  }

  private push(...bytes: number[]): void {
    for (const byte of bytes) this.byte(byte);
  }

  private byte(it: number): void {
    this.room(1);
    this.bytes[this.at++] = it;
  }

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}
