// The machine as JavaScript in Node without WebAssembly, from both kinds of module.
import { node } from "../../lib/programs.mjs";

export const only = "sockeye-client";
export async function run({ dir, server }) {
  const said = await node(dir, "main.js", server);
  return said === "ok" ? node(dir, "main.cjs", server) : said;
}
