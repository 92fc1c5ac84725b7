// Bytes out, bytes in, bytes deep inside. `echo` takes bytes as well.

import { listen } from "./listen.mjs";
import * as limits from "./limits.mjs";

export function binary(socket) {
  listen(socket, {
    // What arrived, in words that need no bytes: every buffer becomes "<n bytes>".
    "binary-info": (args, ack) => ack({ buffers: buffersIn(args), shape: args.map(shapeOf) }),
    "binary-send": (asked) => {
      const [size, parts] = limits.bytes(...asked);
      socket.emit("binary", {
        name: "blob",
        data: pattern(size),
        parts: Array.from({ length: parts }, (_, index) => ({ index, bytes: pattern(size) })),
      });
    },
    "binary-ack": ([asked], ack) => {
      const [size] = limits.bytes(asked, 0);
      ack(pattern(size), { size });
    },
  });
}

/** 0, 1, 2 … 255, 0, 1 …: a byte out of place shows. */
export function pattern(size) {
  return Buffer.from(Uint8Array.from({ length: size }, (_, index) => index % 256));
}

function shapeOf(value) {
  if (Buffer.isBuffer(value)) return `<${value.length} bytes>`;
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

function buffersIn(value) {
  if (Buffer.isBuffer(value)) return 1;
  if (value === null || typeof value !== "object") return 0;
  return Object.values(value).reduce((sum, inner) => sum + buffersIn(inner), 0);
}
