// Weighs the bare machine as a page would carry it, and holds it to its limit.
//
//   node measure.mjs [--functions 40] [--record]
//
// `--record` makes what is reached the limit in force. It is for shrinking; growing is a decision.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { brotli } from "../../client-wasm/npm/build/report.mjs";
import { functions } from "../../client-wasm/npm/build/sections.mjs";
import { compile, faults, named, shipped } from "../../client-wasm/npm/build/wasm.mjs";

const budgetFile = join(import.meta.dirname, "../budget.json");
const { values: options } = parseArgs({
  options: { functions: { type: "string", default: "25" }, record: { type: "boolean", default: false } },
});

const compiled = compile();
const [module, readable] = await Promise.all([shipped(compiled), named(compiled)]);
const size = brotli(module);
const sizes = functions(readable).sort((a, b) => b.size - a.size);
const rooms = byRoom(sizes);
const budget = JSON.parse(readFileSync(budgetFile, "utf8"));

console.log(`${module.length} bytes, ${size} by brotli; the limit is ${budget.limit}, the goal ${budget.goal}`);
for (const { name, size } of sizes.slice(0, Number(options.functions))) console.log(`${size}`.padStart(7), name);

const wrong = [...faults(readable), ...growth()];
if (options.record) {
  const reached = { ...budget, limit: size, raw: module.length, rooms };
  writeFileSync(budgetFile, `${JSON.stringify(reached, null, 2)}\n`);
}
for (const line of wrong) console.error(line);
process.exitCode = wrong.length === 0 ? 0 : 1;

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

function growth() {
  if (size <= budget.limit) return [];
  const grown = Object.entries(rooms).filter(([room, size]) => size > (budget.rooms[room] ?? 0));
  return [
    `${size} bytes by brotli are ${size - budget.limit} more than the limit of ${budget.limit}`,
    ...grown.map(([room, size]) => `  ${room} grew from ${budget.rooms[room] ?? 0} to ${size} bytes`),
  ];
}
