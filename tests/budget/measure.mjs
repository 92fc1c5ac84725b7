// Weighs the bare machine as a page would carry it, and holds it to its limit.
//
//   node measure.mjs [--functions 40] [--record]
//
// `--record` makes what is reached the limit in force. It is for shrinking; growing is a decision.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";

import { functions, imports, strings } from "./wasm.mjs";

const here = import.meta.dirname;
const root = join(here, "../..");
const budgetFile = join(here, "../budget.json");
/** The shadow stack lies lowest, so nothing that is pointed to is in the first KiB; functions of one kind, side by
 * side, are alike to brotli. */
const PASSES = [
  "-Oz",
  "--converge",
  "--low-memory-unused",
  "--one-caller-inline-max-function-size=0",
  "--reorder-functions-by-name",
];
/** What every browser of the last years understands. */
const FEATURES = [
  "--enable-bulk-memory",
  "--enable-sign-ext",
  "--enable-nontrapping-float-to-int",
  "--enable-mutable-globals",
  "--enable-multivalue",
  "--enable-reference-types",
];
const { values: options } = parseArgs({
  options: { functions: { type: "string", default: "25" }, record: { type: "boolean", default: false } },
});

const scratch = mkdtempSync(join(tmpdir(), "sockeye-size-"));
const built = build();
const shipped = optimised(built, "--strip-debug", "--strip-producers", "--strip-target-features");
const named = optimised(built, "-g");
rmSync(scratch, { recursive: true });

const brotli = brotliCompressSync(shipped, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
}).length;
const sizes = functions(named).sort((a, b) => b.size - a.size);
const rooms = byRoom(sizes);
const budget = JSON.parse(readFileSync(budgetFile, "utf8"));

console.log(`${shipped.length} bytes, ${brotli} by brotli; the limit is ${budget.limit}, the goal ${budget.goal}`);
for (const { name, size } of sizes.slice(0, Number(options.functions))) console.log(`${size}`.padStart(7), name);

const wrong = [...foreignImports(), ...panics(), ...growth()];
if (options.record) {
  writeFileSync(budgetFile, `${JSON.stringify({ goal: budget.goal, limit: brotli, raw: shipped.length, rooms }, null, 2)}\n`);
}
for (const line of wrong) console.error(line);
process.exitCode = wrong.length === 0 ? 0 : 1;

function build() {
  // As a module alone: beside a library for Rust it would not be optimised as a whole.
  const what = ["-p", "sockeye-wasm", "--lib", "--crate-type", "cdylib", "--no-default-features", "--features", "npm"];
  const target = ["--profile", "size", "--target", "wasm32-unknown-unknown"];
  execFileSync("cargo", ["rustc", "--quiet", "--locked", ...what, ...target], { cwd: root, stdio: "inherit" });
  const where = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
  const { target_directory } = JSON.parse(execFileSync("cargo", where, { cwd: root, maxBuffer: 1 << 26 }));
  return readFileSync(join(target_directory, "wasm32-unknown-unknown/size/sockeye_wasm.wasm"));
}

function optimised(module, ...more) {
  const [from, to] = [join(scratch, "from.wasm"), join(scratch, "to.wasm")];
  writeFileSync(from, module);
  const tool = join(here, "node_modules/binaryen/bin/wasm-opt");
  execFileSync(process.execPath, [tool, ...PASSES, ...FEATURES, ...more, from, "-o", to]);
  return readFileSync(to);
}

/** Where the bytes are: by room of the core, and what comes from elsewhere by crate. */
function byRoom(sizes) {
  const rooms = {};
  for (const { name, size } of sizes) {
    const path = /sockeye_core::(\w+)|^(alloc|core|compiler_builtins)::|^<?(sockeye_wasm)::/.exec(name);
    const room = path?.slice(1).find(Boolean) ?? "exports";
    rooms[room] = (rooms[room] ?? 0) + size;
  }
  return Object.fromEntries(Object.entries(rooms).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function foreignImports() {
  const foreign = imports(shipped).filter(({ module }) => module !== "h");
  return foreign.map(({ module, name }) => `imports ${module}.${name}, which a page does not have`);
}

/** A message of a panic brings its formatting along: kilobytes that nobody reads. */
function panics() {
  const signs = /panicked|\.rs\b|called `|out of (bounds|range)|overflow|BorrowMut|unreachable code|\bfmt\b/;
  const messages = strings(shipped).filter((text) => signs.test(text));
  const formatting = sizes.filter(({ name }) => /^core::(fmt|panicking)/.test(name));
  return [
    ...messages.map((text) => `holds the words of a panic: ${JSON.stringify(text)}`),
    ...formatting.map(({ name }) => `formats or panics: ${name}`),
  ];
}

function growth() {
  if (brotli <= budget.limit) return [];
  const grown = Object.entries(rooms).filter(([room, size]) => size > (budget.rooms[room] ?? 0));
  return [
    `${brotli} bytes by brotli are ${brotli - budget.limit} more than the limit of ${budget.limit}`,
    ...grown.map(([room, size]) => `  ${room} grew from ${budget.rooms[room] ?? 0} to ${size} bytes`),
  ];
}
