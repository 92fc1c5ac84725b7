// What the package keeps to itself, from its sources: tests of one module, and of what no page can see.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { survey } from "../../build/bundle.mjs";
import { flavour } from "../../build/flavours.mjs";

const npm = join(import.meta.dirname, "../..");
const { names } = await survey(join(npm, "src"));
/** What the machine's own names have become; all others stay, for tests to read. */
const mangleCache = Object.fromEntries(Object.entries(names).filter(([name]) => name.startsWith("$$")));

/** What `code` exports, in which "./x" is src/x.ts; the machine is the one that was built. */
export async function source(code) {
  const { outputFiles } = await esbuild.build({
    bundle: true,
    external: ["ws"],
    format: "esm",
    // The package says of itself that importing it does nothing: what node.ts does would be left out.
    ignoreAnnotations: true,
    mangleCache,
    mangleProps: /^\$\$/,
    platform: "node",
    plugins: [flavour("inline", { machine: readFileSync(join(npm, "dist/core.wasm")) })],
    stdin: { contents: code, resolveDir: join(npm, "src"), loader: "ts" },
    target: "es2022",
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    write: false,
  });
  // Inside the package, for `ws` to be found.
  const folder = mkdtempSync(join(npm, "node_modules/.sockeye-test-"));
  try {
    const file = join(folder, "source.mjs");
    writeFileSync(file, outputFiles[0].contents);
    return await import(pathToFileURL(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
