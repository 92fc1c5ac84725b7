/** The parser of socket.io-msgpack-parser, for the option `parser`. The server must have it, too. */
import type { Packet } from "./socket.js";

export declare const protocol: number;

export declare class Encoder {
  encode(packet: Packet): unknown[];
}

export declare class Decoder {
  add(chunk: unknown): void;
  on(event: "decoded", listener: (packet: Packet) => void): this;
  destroy(): void;
}

declare const parser: { protocol: number; Encoder: typeof Encoder; Decoder: typeof Decoder };
export default parser;
