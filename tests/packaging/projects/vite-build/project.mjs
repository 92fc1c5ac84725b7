// Vite, built.
import { join } from "node:path";
import { build } from "vite";
import { serve } from "../../lib/files.mjs";

export async function site({ dir }) {
  await build({ root: dir, logLevel: "error", configFile: false });
  return serve(join(dir, "dist"));
}
