/** How a platform differs from a browser: Node puts its own in the place of these. */
import type { Engine } from "./engine";
import type { TransportOptions } from "./transports";

const now = Promise.resolve();

export const platform = {
  /** After what is under way. In a browser a promise costs a tenth of `queueMicrotask`, and what is thrown is reported as the
   * reference's is: as a rejection that nobody handles. */
  $soon: (act: () => void): void => void now.then(act),
  $binaryType: "arraybuffer",
  $buffer: (bytes: Uint8Array): unknown => bytes.buffer,
  $webSocket(uri: string, { protocols }: TransportOptions): WebSocket {
    return protocols ? new WebSocket(uri, protocols) : new WebSocket(uri);
  },
  $fetch: (uri: string, init: RequestInit, _: TransportOptions): Promise<Response> => fetch(uri, init),
  /** What goes along with a request of this engine, and what came with the answer. */
  $headers: (_: Engine): Record<string, string> | undefined => undefined,
  $answered(_: Engine, __: Response): void {},
  /** Timers and sockets of Node keep the process alive, unless they are let go of. */
  $unref(_: unknown): void {},
};
