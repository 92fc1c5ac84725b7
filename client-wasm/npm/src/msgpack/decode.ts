/** Msgpack to values; anything that is not one whole value throws (P-112). */

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

export function decode(chunk: ArrayBuffer | ArrayBufferView): unknown {
  const bytes = ArrayBuffer.isView(chunk)
    ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    : new Uint8Array(chunk);
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw new Error(`${bytes.length - reader.at} trailing bytes`);
  return value;
}

class Reader {
  at = 0;
  private view: DataView;

  constructor(private bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new Error("nested too deep");
    const type = this.number(1);
    if (type < 0x80) return type;
    if (type < 0x90) return this.map(type & 15, depth);
    if (type < 0xa0) return this.list(type & 15, depth);
    if (type < 0xc0) return this.string(type & 31);
    if (type >= 0xe0) return type - 256;
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2:
      case 0xc3:
        return type === 0xc3;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.take(this.number(1 << (type - 0xc4)));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.ext(this.number(1 << (type - 0xc7)));
      case 0xca:
        return this.read(4, (at) => this.view.getFloat32(at));
      case 0xcb:
        return this.read(8, (at) => this.view.getFloat64(at));
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.number(1 << (type - 0xcc));
      case 0xcf:
        return this.read(8, (at) => Number(this.view.getBigUint64(at)));
      case 0xd0:
        return this.read(1, (at) => this.view.getInt8(at));
      case 0xd1:
        return this.read(2, (at) => this.view.getInt16(at));
      case 0xd2:
        return this.read(4, (at) => this.view.getInt32(at));
      case 0xd3:
        return this.read(8, (at) => Number(this.view.getBigInt64(at)));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.ext(1 << (type - 0xd4));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.string(this.number(1 << (type - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.list(this.number(2 << (type - 0xdc)), depth);
      case 0xde:
      case 0xdf:
        return this.map(this.number(2 << (type - 0xde)), depth);
    }
    throw new Error(`unknown type 0x${type.toString(16)}`);
  }

  private map(count: number, depth: number): object {
    const it: Record<string, unknown> = {};
    for (; count > 0; count--) {
      const key = `${this.value(depth + 1)}`;
      // A key of that name is data, and changes no prototype.
      Object.defineProperty(it, key, { value: this.value(depth + 1), enumerable: true, configurable: true, writable: true });
    }
    return it;
  }

  private list(count: number, depth: number): unknown[] {
    const it: unknown[] = [];
    for (; count > 0; count--) it.push(this.value(depth + 1));
    return it;
  }

  private string(length: number): string {
    return utf8.decode(this.slice(length));
  }

  /** A buffer of its own: the message it came in may be large. */
  private take(length: number): ArrayBuffer {
    return this.slice(length).slice().buffer as ArrayBuffer;
  }

  /** Undefined, a date, or a pair of type and bytes. */
  private ext(length: number): unknown {
    const type = this.read(1, (at) => this.view.getInt8(at));
    if (!type && length === 1) {
      this.at++;
      return undefined;
    }
    if (!type && length === 8) return new Date(this.read(8, (at) => Number(this.view.getBigInt64(at))));
    return [type, this.take(length)];
  }

  private number(width: number): number {
    if (width === 1) return this.read(1, (at) => this.bytes[at]);
    return this.read(width, (at) => (width < 4 ? this.view.getUint16(at) : this.view.getUint32(at)));
  }

  private read<T>(width: number, get: (at: number) => T): T {
    const { at } = this;
    this.skip(width);
    return get(at);
  }

  private slice(length: number): Uint8Array {
    const { at } = this;
    this.skip(length);
    return this.bytes.subarray(at, this.at);
  }

  private skip(length: number): void {
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("it ends too early");
  }
}

/** A message of brackets alone must not use up the stack. */
const MAX_DEPTH = 512;
