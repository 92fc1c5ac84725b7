// The types, strictly: what must compile, and, below `@ts-expect-error`, what must not.
import { program } from "../../lib/programs.mjs";
import { tool } from "../../lib/workshop.mjs";

const STRICT = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--types", ""];
const NODE16 = ["--module", "node16"];
const BUNDLER = ["--module", "esnext", "--moduleResolution", "bundler"];
const PAGE = ["--lib", "es2022,dom"];

export async function run({ dir, client }) {
  const tsc = (...args) => program(dir, tool("tsc"), ...STRICT, ...args);
  const both = ["emitter.mts", "acks.mts", "options.mts", "surface.mts", "applications.mts"];
  await tsc(...NODE16, ...PAGE, ...both, "commonjs.cts");
  await tsc(...BUNDLER, ...PAGE, ...both);
  if (client === "sockeye-client") {
    const more = ["beyond.mts", "entries.mts", "helpers.mts"];
    await tsc(...NODE16, ...PAGE, ...more, "callable.cts");
    await tsc(...BUNDLER, ...PAGE, ...more);
    // Where there are neither DOM nor Node types.
    await tsc(...NODE16, "--lib", "es2022", "emitter.mts", "acks.mts", "options.mts", "surface.mts", "callable.cts");
  }
  return "ok";
}
