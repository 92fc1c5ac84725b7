// Where the clients' files are.

import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const DIST = process.env.SOCKEYE_DIST ?? fileURLToPath(new URL("../../../client-wasm/npm/dist", import.meta.url));

/** @param which `sockeye` or `reference`; @param where `node`, or `page` for a script that sets the global `io` */
export function entryOf(which, where) {
  const reference = path.dirname(require.resolve("socket.io-client/package.json"));
  const entries = {
    sockeye: { node: path.join(DIST, "node.js"), page: path.join(DIST, "sockeye.min.js") },
    reference: { node: path.join(reference, "build/esm-debug/index.js"), page: path.join(reference, "dist/socket.io.min.js") },
  };
  const entry = entries[which]?.[where];
  if (!entry) throw new Error(`which client: ${Object.keys(entries).join(" or ")}?`);
  return entry;
}
