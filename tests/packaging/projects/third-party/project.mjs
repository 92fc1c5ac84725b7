// Packages of others that are made for the published client: bundled with its name standing for ours, as an application
// that changes over does it.
import { node, program } from "../../lib/programs.mjs";
import { tool } from "../../lib/workshop.mjs";

/** They bring servers of their own. */
const PARTIES = ["feathers.js", "wildcard.js", "yjs.js"];

export async function run({ dir, client }) {
  const bundled = ["--bundle", "--platform=node", "--format=cjs", "--external:ws", "--external:level*", "--external:bufferutil"];
  const alias = client === "socket.io-client" ? [] : [`--alias:socket.io-client=${client}`];
  for (const party of PARTIES) {
    await program(dir, tool("esbuild"), party, ...bundled, ...alias, `--outfile=out/${party}.cjs`);
    const said = await node(dir, `out/${party}.cjs`);
    if (said !== "ok") return `${party}: ${said}`;
  }
  return "ok";
}
