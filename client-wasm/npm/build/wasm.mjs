// The machine as a page carries it: how it is compiled, optimised, and what it must not hold.
//
// The package and the size budget (tests/budget/measure.mjs) both come here, so that what is weighed is what is shipped.
import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { functions, imports, strings } from "./sections.mjs";

export const root = join(import.meta.dirname, "../../..");
const execute = promisify(execFile);
const binaryen = join(import.meta.dirname, "../node_modules/binaryen/bin");

/** The crate's module, as the compiler leaves it: with names, not yet optimised. */
export function compile() {
  // As a module alone: beside a library for Rust it would not be optimised as a whole.
  const what = ["-p", "sockeye-wasm", "--lib", "--crate-type", "cdylib", "--no-default-features", "--features", "npm"];
  const target = ["--profile", "size", "--target", "wasm32-unknown-unknown"];
  cargo("rustc", "--quiet", ...what, ...target);
  const { target_directory } = JSON.parse(cargo("metadata", "--format-version", "1", "--no-deps"));
  return readFileSync(join(target_directory, "wasm32-unknown-unknown/size/sockeye_wasm.wasm"));
}

/** What is fetched by a page. */
export const shipped = (compiled) =>
  run("wasm-opt", compiled, [...PASSES, ...FEATURES, "--strip-debug", "--strip-producers", "--strip-target-features"]);

/** The same with the names of its functions, to say where the bytes are. */
export const named = (compiled) => run("wasm-opt", compiled, [...PASSES, ...FEATURES, "-g"]);

/** The same as JavaScript, an ES module, for pages that may not run WebAssembly. */
export async function javascript(compiled) {
  // JavaScript has no saturating conversion and no sign extension: they are spelled out before.
  const lowered = ["--llvm-nontrapping-fptoint-lowering", "--signext-lowering", "--strip-debug"];
  const left = FEATURES.filter((feature) => !/sign-ext|nontrapping/.test(feature));
  const plain = await run("wasm-opt", compiled, [...FEATURES, ...lowered]);
  return (await run("wasm2js", plain, ["-Oz", ...left])).toString();
}

/** What a named module must not have, in words; empty when all is well. */
export function faults(module) {
  return [...foreignImports(module), ...panics(module)];
}

function foreignImports(module) {
  const foreign = imports(module).filter(({ module }) => module !== "h");
  return foreign.map(({ module, name }) => `imports ${module}.${name}, which a page does not have`);
}

/** A message of a panic brings its formatting along: kilobytes that nobody reads. */
function panics(module) {
  const signs = /panicked|\.rs\b|called `|out of (bounds|range)|overflow|BorrowMut|unreachable code|\bfmt\b/;
  const messages = strings(module).filter((text) => signs.test(text));
  const formatting = functions(module).filter(({ name }) => /^core::(fmt|panicking)/.test(name));
  return [
    ...messages.map((text) => `holds the words of a panic: ${JSON.stringify(text)}`),
    ...formatting.map(({ name }) => `formats or panics: ${name}`),
  ];
}

async function run(tool, module, flags) {
  const scratch = await mkdtemp(join(tmpdir(), "sockeye-wasm-"));
  try {
    const [from, to] = [join(scratch, "from.wasm"), join(scratch, "to")];
    await writeFile(from, module);
    await execute(process.execPath, [join(binaryen, tool), ...flags, from, "-o", to], { maxBuffer: 1 << 26 });
    return await readFile(to);
  } catch (error) {
    // wasm2js prints the whole module when it fails; what it says of the fault is on stderr.
    throw new Error(`${tool} failed: ${error.stderr || error.message}`);
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function cargo(command, ...args) {
  // Flags from outside would replace those of .cargo/config.toml, and the module would be another.
  const { RUSTFLAGS: _, CARGO_ENCODED_RUSTFLAGS: __, ...env } = process.env;
  const stdio = ["ignore", "pipe", "inherit"];
  return execFileSync("cargo", [command, "--locked", ...args], { cwd: root, env, stdio, maxBuffer: 1 << 26 });
}

/** The shadow stack lies lowest, so nothing that is pointed to is in the first KiB; functions of one kind, side by
 * side, are alike to brotli; what the optimiser for speed finds first helps the one for size. */
const PASSES = [
  "-O4",
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
