// The same by Vite, which finds the file and gives it a name.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { serve } from "../../lib/files.mjs";

export const only = "sockeye-client";
export async function site({ dir }) {
  await build({ root: dir, logLevel: "error", configFile: false, build: { assetsInlineLimit: 0 } });
  const files = readdirSync(join(dir, "dist/assets"));
  if (!files.some((file) => file.endsWith(".wasm"))) throw new Error(`no machine among ${files}`);
  return serve(join(dir, "dist"));
}
