// Builds the package's files into a folder: node pack.mjs <folder>. `cargo run -p sockeye-pack` calls it, after it has
// seen to what is needed.
//
// Ends with 0, with 3 when all is built but larger than tests/budget.json allows, else with 1.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { bundle, survey } from "./bundle.mjs";
import { renamed } from "./names.mjs";
import { report } from "./report.mjs";
import { compile, faults, javascript, named, root, shipped } from "./wasm.mjs";

/** What pages name by its path in the reference's package. */
const ALIASES = [
  ["sockeye.min.js", "socket.io.js"],
  ["sockeye.min.js", "socket.io.min.js"],
  ["index.js", "socket.io.esm.min.js"],
];
const npm = join(import.meta.dirname, "..");
const into = process.argv[2];

const sources = join(npm, "src");
const found = await survey(sources);

console.log("compiling the machine");
const compiled = compile();
// What the host calls `$$poll` is the machine's `poll`, and both become one letter. Imports have their places for names.
// The memory is for who wants to look at it.
const lean = renamed(compiled, (name) => (/^(\d+|memory)$/.test(name) ? name : found.names[`$$${name}`]));
console.log("optimising it (wasm-opt, wasm2js)");
const [machine, script, readable] = await Promise.all([shipped(lean), javascript(lean), named(compiled)]);
const wrong = faults(readable);
if (wrong.length > 0) {
  for (const line of wrong) console.error(`the machine ${line}`);
  process.exit(1);
}

console.log("bundling (esbuild, terser)\n");
const scripts = await bundle(sources, found, { machine, script });
const files = [...scripts, { name: "core.wasm", bytes: machine }];
mkdirSync(into, { recursive: true });
for (const { name, bytes } of files) writeFileSync(join(into, name), bytes);
for (const [name, reference] of ALIASES) copyFileSync(join(into, name), join(into, reference));
types();
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, name), join(into, name));

const { package: limits } = JSON.parse(readFileSync(join(root, "tests/budget.json"), "utf8"));
const above = report(files, limits);
for (const line of above) console.error(line);
process.exitCode = above.length === 0 ? 0 : 3;

/** The types are written once, for ES modules; CommonJS finds them by names of its own (Y-17). */
function types() {
  const from = join(npm, "types");
  mkdirSync(join(into, "types"));
  for (const name of readdirSync(from)) {
    const text = readFileSync(join(from, name), "utf8");
    writeFileSync(join(into, "types", name), text);
    const twin = name.replace(/\.ts$/, ".cts");
    if (!existsSync(join(from, twin))) writeFileSync(join(into, "types", twin), text.replaceAll(/(from "\.\/\w+)\.js"/g, '$1.cjs"'));
  }
}
