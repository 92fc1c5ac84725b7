// The same by webpack.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import webpack from "webpack";
import { serve } from "../../lib/files.mjs";
import { program } from "../../lib/programs.mjs";

export const only = "sockeye-client";
export async function site({ dir }) {
  const output = { path: join(dir, "out"), filename: "page.js" };
  const stats = await promisify(webpack)({ mode: "production", context: dir, entry: "./page.js", output });
  if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
  const files = readdirSync(join(dir, "out"));
  if (!files.some((file) => file.endsWith(".wasm"))) throw new Error(`no machine among ${files}`);
  await program(dir, "cp", "index.html", "out");
  return serve(join(dir, "out"));
}
