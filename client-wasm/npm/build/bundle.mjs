// Sources to files, by esbuild.
import { join } from "node:path";
import * as esbuild from "esbuild";
import { minify } from "terser";

import { flavour } from "./flavours.mjs";
import { shortNames } from "./members.mjs";

/** `flavour` is where the machine comes from; an entry without one has no machine. */
const ENTRIES = [
  { source: "index.ts", file: "index", formats: ["esm", "cjs"], flavour: "inline", platform: "neutral" },
  { source: "node.ts", file: "node", formats: ["esm", "cjs"], flavour: "inline", platform: "node" },
  { source: "js.ts", file: "js", formats: ["esm", "cjs"], flavour: "js", platform: "neutral" },
  { source: "msgpack.ts", file: "msgpack", formats: ["esm", "cjs"], platform: "neutral" },
  { source: "external.ts", file: "external", formats: ["esm"], flavour: "external", platform: "neutral" },
  { source: "script.ts", file: "sockeye.min", formats: ["iife"], flavour: "inline", platform: "browser" },
];
const EXTENSIONS = { esm: ".js", cjs: ".cjs", iife: ".js" };

/** What each entry exports, and the short names of members that begin with "$", which are the same in all entries. */
export async function survey(sources) {
  const exports = {};
  const texts = [];
  for (const entry of ENTRIES) {
    // This flavour needs no machine yet. Fields are declared, for who reads what belongs to whom.
    const more = { format: "esm", minify: false, plugins: [flavour("external", {})], target: "esnext", tsconfigRaw: {} };
    const { metafile, outputFiles } = await build(sources, entry, { ...more, mangleProps: undefined });
    exports[entry.file] = Object.values(metafile.outputs)[0].exports;
    texts.push(outputFiles[0].text);
  }
  // Those that begin with two signs are the machine's, which no application sees, and get a letter.
  const machine = [...new Set(texts.flatMap((text) => text.match(/\$\$\w+/g) ?? []))];
  const letters = Object.fromEntries(machine.map((member, at) => [member, LETTERS[at]]));
  return { exports, names: { ...shortNames(texts), ...letters } };
}

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Every file of the package that is JavaScript: `{ name, bytes, inputs }`, where `inputs` is bytes by source. */
export async function bundle(sources, { names, exports }, core) {
  const files = [];
  for (const entry of ENTRIES) {
    for (const format of entry.formats) {
      const plugins = entry.flavour ? [flavour(entry.flavour, core)] : [];
      const isFunction = format === "cjs" && exports[entry.file].includes("io");
      const start = isFunction ? theFunction(sources, entry, exports) : {};
      const { outputFiles, metafile } = await build(sources, entry, { ...start, format, mangleCache: names, plugins });
      const [{ inputs }] = Object.values(metafile.outputs);
      const { code } = await minify(outputFiles[0].text, { ...SMALLER, module: format === "esm" });
      // Node does not run a module to know what can be imported from it: it looks for this.
      const hint = isFunction ? `0&&(module.exports={${exports[entry.file].filter(isNamed)}});\n` : "";
      files.push({ name: entry.file + EXTENSIONS[format], bytes: Buffer.from(`${code}\n${hint}`), inputs });
    }
  }
  return files;
}

/** A module that is the function `io`, with everything else on it. */
function theFunction(sources, { source, file }, exports) {
  const names = exports[file].filter(isNamed);
  const contents = `
    import { ${names} } from "./${source}";
    module.exports = Object.assign(io, { ${names}, default: io });`;
  return { entryPoints: undefined, stdin: { contents, resolveDir: sources, sourcefile: "cjs.js" } };
}

const isNamed = (name) => name !== "default";

function build(sources, entry, more) {
  return esbuild.build({
    absWorkingDir: sources,
    bundle: true,
    entryPoints: [join(sources, entry.source)],
    external: ["ws"],
    // What a platform changes is a side effect of its entry, whatever the package says to the bundlers of others.
    ignoreAnnotations: true,
    legalComments: "none",
    logLevel: "error",
    mangleProps: /^\$/,
    metafile: true,
    minify: true,
    outfile: entry.file,
    platform: entry.platform,
    target: "es2020",
    // A field is an assignment in the constructor, which is shorter than its definition.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    write: false,
    ...more,
  });
}

/** What terser makes of a bundle that esbuild has made small is 3 % smaller still. */
const SMALLER = { ecma: 2020, toplevel: true, compress: { passes: 3 }, format: { ecma: 2020 } };
