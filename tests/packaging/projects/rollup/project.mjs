// rollup with the two plugins that everybody has.
import { join } from "node:path";
import commonjs from "@rollup/plugin-commonjs";
import nodeResolve from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { serve } from "../../lib/files.mjs";
import { program } from "../../lib/programs.mjs";

export async function site({ dir }) {
  const plugins = [nodeResolve({ browser: true }), commonjs()];
  const bundle = await rollup({ input: join(dir, "page.js"), plugins });
  await bundle.write({ dir: join(dir, "out"), format: "es" });
  await program(dir, "cp", "index.html", "out");
  return serve(join(dir, "out"));
}
