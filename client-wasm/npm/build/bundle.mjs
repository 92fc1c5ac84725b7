// Sources to files, by esbuild.
import { join } from "node:path";
import * as esbuild from "esbuild";

import { flavour } from "./flavours.mjs";

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

/** Every file of the package that is JavaScript: `{ name, bytes, inputs }`, where `inputs` is bytes by source. */
export async function bundle(sources, core) {
  const { names, exports } = await survey(sources, core);
  const files = [];
  for (const entry of ENTRIES) {
    for (const format of entry.formats) {
      const start = format === "cjs" && exports[entry.file].includes("io") ? theFunction(sources, entry, exports) : {};
      const { outputFiles, metafile } = await build(sources, core, entry, { ...start, format, mangleCache: names });
      const [{ inputs }] = Object.values(metafile.outputs);
      files.push({ name: entry.file + EXTENSIONS[format], bytes: Buffer.from(outputFiles[0].contents), inputs });
    }
  }
  return files;
}

/** What each entry exports, and the short names of members that begin with "$", which are the same in all entries. They
 * keep the sign: an application may give a socket a member `a`. */
async function survey(sources, core) {
  const exports = {};
  let short = {};
  for (const entry of ENTRIES) {
    const { metafile, mangleCache } = await build(sources, core, entry, { format: "esm", mangleCache: short });
    exports[entry.file] = Object.values(metafile.outputs)[0].exports;
    short = mangleCache;
  }
  return { exports, names: Object.fromEntries(Object.entries(short).map(([name, to]) => [name, `$${to}`])) };
}

/** A module that is the function `io`, with everything else on it. */
function theFunction(sources, { source, file }, exports) {
  const names = exports[file].filter((name) => name !== "default");
  const contents = `
    import { ${names} } from "./${source}";
    module.exports = Object.assign(io, { ${names}, default: io });`;
  // Node does not run a module to know what can be imported from it: it looks for this.
  const footer = { js: `0&&(module.exports={${names}})` };
  return { entryPoints: undefined, stdin: { contents, resolveDir: sources, sourcefile: "cjs.js" }, footer };
}

function build(sources, core, entry, more) {
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
    plugins: entry.flavour ? [flavour(entry.flavour, core)] : [],
    target: "es2020",
    // A field is an assignment in the constructor, which is shorter than its definition.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    write: false,
    ...more,
  });
}
