// What a connection adds to a page in Yew: the same small chat, built alone and online.
//
//   node measure.mjs
//
// `wasm-bindgen` of the version in Cargo.lock is taken from $SOCKEYE_TOOLS, as tests/browser/run leaves it there, or from the
// path; wasm-opt is the one that the npm package is built with (npm ci in client-wasm/npm).
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const here = import.meta.dirname;
const root = join(here, "../../..");
const BUILDS = [
  { name: "alone", features: "" },
  { name: "online", features: "online" },
];

const scratch = mkdtempSync(join(tmpdir(), "sockeye-yew-"));
const sizes = BUILDS.map(({ name, features }) => ({ name, ...measure(features) }));
rmSync(scratch, { recursive: true });
const [alone] = sizes;
console.log("brotli -11, bytes   wasm     glue    total    added");
for (const { name, wasm, glue } of sizes) {
  const numbers = [wasm, glue, wasm + glue, wasm + glue - alone.wasm - alone.glue];
  console.log(name.padEnd(15) + numbers.map((number) => `${number}`.padStart(9)).join(""));
}

function measure(features) {
  const target = ["--release", "--locked", "--target", "wasm32-unknown-unknown", "--features", features];
  execFileSync("cargo", ["build", "--quiet", ...target], { cwd: here, stdio: "inherit" });
  const { target_directory } = JSON.parse(
    execFileSync("cargo", ["metadata", "--format-version", "1", "--no-deps", "--locked"], { cwd: here }),
  );
  const built = join(target_directory, "wasm32-unknown-unknown/release/sockeye-yew.wasm");
  execFileSync(bindgen(), ["--target", "web", "--no-typescript", "--out-dir", scratch, built]);
  const optimised = join(scratch, "optimised.wasm");
  const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
  execFileSync(process.execPath, [
    join(root, "client-wasm/npm/node_modules/binaryen/bin/wasm-opt"),
    ...["-Oz", "--converge", ...strip],
    ...[join(scratch, "sockeye-yew_bg.wasm"), "-o", optimised],
  ]);
  return { wasm: brotli(optimised), glue: brotli(join(scratch, "sockeye-yew.js")) };
}

function bindgen() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const kept = join(process.env.SOCKEYE_TOOLS ?? join(cache, "sockeye-tools"), "bin/wasm-bindgen");
  return existsSync(kept) ? kept : "wasm-bindgen";
}

function brotli(file) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(readFileSync(file), { params }).length;
}
