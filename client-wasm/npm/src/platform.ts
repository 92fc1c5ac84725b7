/** How a platform differs from a browser: Node puts its own in the place of these. */
import type { Engine } from "./engine";
import type { TransportOptions } from "./transports";

export const platform = {
  $binaryType: "arraybuffer",
  $buffer: (bytes: Uint8Array): unknown => bytes.buffer,
  $webSocket(uri: string, { protocols }: TransportOptions): WebSocket {
    return protocols ? new WebSocket(uri, protocols) : new WebSocket(uri);
  },
  /** What goes along with a request of this engine, and what came with the answer. */
  $headers: (_: Engine): Record<string, string> | undefined => undefined,
  $answered(_: Engine, __: Response): void {},
  /** Timers and sockets of Node keep the process alive, unless they are let go of. */
  $unref(_: unknown): void {},
};
