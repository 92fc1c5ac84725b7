// esbuild, one classic script.
import { join } from "node:path";
import { serve } from "../../lib/files.mjs";
import { program } from "../../lib/programs.mjs";
import { tool } from "../../lib/workshop.mjs";

export async function site({ dir }) {
  await program(dir, tool("esbuild"), "page.js", "--bundle", "--minify", "--format=iife", "--outdir=out");
  await program(dir, "cp", "index.html", "out");
  return serve(join(dir, "out"));
}
