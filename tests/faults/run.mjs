// Puts every client before every case and writes the table of all side by side: results/table.json and results/table.md.
// `node run.mjs [--only CLIENT] [--at-once N]`; what is not run keeps what the results say of it.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "./clients/chromium.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TABLE = path.join(HERE, "results/table.json");
const { values: asked } = parseArgs({ options: { only: { type: "string" }, "at-once": { type: "string", default: "6" } } });

const CLIENTS = [
  { key: "native", name: "Sockeye, native", program: (target) => [path.join(target, "abused")] },
  { key: "node", name: "Sockeye in Node", program: () => ["node", path.join(HERE, "clients/node.mjs"), "sockeye"] },
  { key: "chromium", name: "Sockeye in Chromium", program: () => ["node", path.join(HERE, "clients/chromium.mjs"), "sockeye"] },
  { key: "reference", name: "socket.io-client 4.8.4 in Node", program: () => ["node", path.join(HERE, "clients/node.mjs"), "reference"] },
];

const target = await build();
const cases = await linesOf(path.join(target, "abuse"), ["--list"]);
const table = existsSync(TABLE) ? JSON.parse(readFileSync(TABLE, "utf8")) : {};
for (const client of CLIENTS) {
  if (asked.only && asked.only !== client.key) continue;
  console.log(`── ${client.name}`);
  table[client.key] = await judge(client);
}
writeFileSync(TABLE, `${JSON.stringify(table, null, 1)}\n`);
writeFileSync(path.join(HERE, "results/table.md"), page());

async function judge(client) {
  const profile = mkdtempSync(path.join(os.tmpdir(), "abuse-"));
  const browser = client.key === "chromium" ? await launch(profile) : undefined;
  const env = browser ? { ...process.env, CHROMIUM_ENDPOINT: browser.wsEndpoint() } : process.env;
  const words = ["--at-once", asked["at-once"], "--", ...client.program(target)];
  const lines = await linesOf(path.join(target, "abuse"), words, env);
  await browser?.close();
  rmSync(profile, { recursive: true, force: true });
  console.log(lines.at(-1));
  const verdicts = lines.map((line) => /^(ok|FAIL|skip)\s+(\S+)\s*(.*)$/.exec(line)).filter(Boolean);
  return Object.fromEntries(verdicts.map(([, word, id, faults]) => [id, word === "FAIL" ? withoutChance(faults) : word]));
}

/** Numbers that differ from run to run are left out, so that the results change when a client does. */
function withoutChance(faults) {
  return faults
    .split("; ")
    .map((fault) => fault.replace(/^(memory|processor|loop): .*$/, "$1").replace(/(`) \d+ times/, "$1"))
    .join("; ");
}

function page() {
  const ran = CLIENTS.filter((client) => table[client.key]);
  const about = Object.fromEntries(cases.map((line) => /^(\S+) \(.*?\): (.*)$/.exec(line).slice(1)));
  const ids = Object.keys(table[ran[0].key]);
  const good = (client) => ids.filter((id) => table[client.key][id] === "ok").length;
  const cell = (verdict) => (verdict === "ok" || verdict === "skip" ? verdict : verdict ? `**${verdict.split(":")[0]}**` : "");
  return [
    "# Every client before every case",
    "",
    "Written by `node tests/faults/run.mjs`; [table.json](table.json) has the words. What the words mean is in",
    "[README.md](../README.md#results). The demands are those of [docs/faults.md](../../../docs/faults.md): where the reference",
    "was made to do otherwise, that counts as a fault here, and for the package that follows it, too.",
    "",
    "| client | ok | of |",
    "|---|---:|---:|",
    ...ran.map((client) => `| ${client.name} | ${good(client)} | ${ids.length} |`),
    "",
    `| case | what | ${ran.map((client) => client.name).join(" | ")} |`,
    `|---|---|${ran.map(() => "---|").join("")}`,
    ...ids.map((id) => `| ${id} | ${about[id.split("/")[0]]} | ${ran.map((client) => cell(table[client.key][id])).join(" | ")} |`),
    "",
  ].join("\n");
}

async function build() {
  await linesOf("cargo", ["build", "--locked", "-p", "sockeye-tests", "--bins"]);
  const metadata = await linesOf("cargo", ["metadata", "--format-version", "1", "--no-deps", "--locked"]);
  return path.join(JSON.parse(metadata[0]).target_directory, "debug");
}

/** Its lines; that cases fail is no failure of the run. */
function linesOf(program, words, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"], env, cwd: HERE });
    const lines = [];
    createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    child.on("error", reject);
    child.on("close", () => resolve(lines));
  });
}
