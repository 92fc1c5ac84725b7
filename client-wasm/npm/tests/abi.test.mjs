// The machine and its host have the same numbers for the same things: in their README.md, their sources, the module.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { imports } from "../build/sections.mjs";
import { source } from "./lib/source.mjs";

const file = (path) => readFileSync(join(import.meta.dirname, "..", path));
const readme = `${file("../src/npm/README.md")}`;
const ofCore = (path) => `${file(`../../client-core/src/${path}`)}`;

const { REASONS, TRANSPORTS, machine } = await source(`
  import { core } from "./core";
  export { REASONS } from "./failures";
  export { TRANSPORTS } from "./engine";
  const it = core(undefined as any);
  export const machine = { ${declared().map(({ name }) => `${name}: it.$$${name}`)} };
`);

/** The functions of the machine, as the host's types have them. */
function declared() {
  const lines = [...`${file("src/core.ts")}`.matchAll(/^ {2}\$\$(\w+)\((.*)\): /gm)];
  return lines.map(([, name, parameters]) => ({ name, parameters: parameters.split(", ") }));
}

/** The rows of the tables under these headlines, by their first cell. */
function rows(...headlines) {
  const parts = readme.split(/^##+ /m).filter((part) => headlines.some((it) => part.startsWith(it)));
  return parts.flatMap((part) => [...part.matchAll(/^\| (.*) \|$/gm)].map(([, row]) => row.split(" | ")));
}
const numbers = (...headlines) => rows(...headlines).map(([first]) => first).filter((it) => /^\d+$/.test(it)).map(Number);

/** The members of an enum of Rust, in their order. */
const variants = (text, name) =>
  [...members(text, `pub enum ${name} {`).matchAll(/^ +([A-Z]\w*),$/gm)].map(([, it]) => it);
/** The numbers of an enum of TypeScript, by name. */
function enumeration(path, name) {
  let next = 0;
  const all = {};
  const lines = members(`${file(path)}`, `enum ${name} {`).matchAll(/^ {2}(\w+)(?: = (\d+))?,$/gm);
  for (const [, member, value] of lines) {
    all[member] = next = value === undefined ? next : Number(value);
    next++;
  }
  return all;
}
function members(text, head) {
  const from = text.indexOf(head);
  assert.ok(from >= 0, head);
  return text.slice(from, text.indexOf("\n}", from));
}

test("the functions of the machine take what the host gives, and what the table says", () => {
  for (const { name, parameters } of declared()) {
    const row = rows("Exports").find(([first]) => first === `\`${name}\``);
    assert.ok(row, `${name} is in the table`);
    const listed = row[1].split("→")[0].split(",").length;
    const taken = machine[name].length;
    assert.equal(listed, taken, `${name}: the table has ${listed} arguments, the machine takes ${taken}`);
    if (!parameters.some((it) => it.startsWith("..."))) assert.equal(parameters.length, taken, name);
  }
});

test("the module imports what the table has, by its places", () => {
  const named = imports(file("dist/core.wasm")).map(({ module, name }) => `${module}.${name}`);
  assert.deepEqual(named.sort(), numbers("Imports").map((it) => `h.${it}`).sort());
});

test("what it tells and asks", () => {
  // Behind the codes there are tables of errors and reasons.
  const codes = readme.slice(readme.indexOf("## What `poll`"), readme.indexOf("**error**"));
  const listed = [...codes.matchAll(/^\| (\d+) \|/gm)].map(([, it]) => Number(it));
  assert.deepEqual(Object.values(enumeration("src/told.ts", "Told")), listed);
});

test("wishes and news", () => {
  assert.deepEqual(Object.values(enumeration("src/engine.ts", "Wish")), numbers("Wishes"));
  const { Refused: _, ...news } = enumeration("src/transports.ts", "News");
  assert.deepEqual(Object.values(news), numbers("News"));
});

test("reasons, transports and errors are counted as the core counts them", () => {
  const errors = ofCore("error.rs");
  const words = (name) => new RegExp(`Self::${name} => "(.*)"`).exec(errors)[1];
  assert.deepEqual(variants(errors, "DisconnectReason").map(words), REASONS);
  const transports = variants(ofCore("config/mod.rs"), "Transport").map((it) => it.toLowerCase());
  assert.deepEqual(TRANSPORTS.map(([name]) => name), transports);
  const payload = Number(/const PAYLOAD = (\d+);/.exec(`${file("src/failures.ts")}`)[1]);
  assert.equal(variants(errors, "ParseError")[payload], "Payload");
  const { NotJoined, Full } = enumeration("src/machine.ts", "Refused");
  const refused = variants(ofCore("socket/passing.rs"), "Refused");
  assert.deepEqual([refused[NotJoined - 1], refused[Full - 1]], ["NotConnected", "BufferFull"]);
});
