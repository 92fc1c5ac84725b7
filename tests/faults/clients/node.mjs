// A client in Node before the abuse server: `node node.mjs sockeye|reference URL name=value…`.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { entryOf } from "./entries.mjs";
import { puppet } from "./puppet.mjs";

const [which, url, ...rest] = process.argv.slice(2);
const given = Object.fromEntries(rest.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
// Node's fetch takes authorities from the environment only, which is read as Node starts.
if (given.ca && process.env.NODE_EXTRA_CA_CERTS !== given.ca) {
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: given.ca };
  process.exit(spawnSync(process.execPath, process.argv.slice(1), { stdio: "inherit", env }).status ?? 1);
}

const { io } = await import(pathToFileURL(entryOf(which, "node")).href);

const extra = {};
if (given.ca) extra.ca = readFileSync(given.ca);
if (given.cookie) extra.extraHeaders = { cookie: given.cookie };

const before = process.resourceUsage();
const client = puppet(io, url, given, extra, (line) => process.stdout.write(`${line}\n`));

createInterface({ input: process.stdin }).on("line", (line) => {
  if (line !== "quit") return client.told(line);
  client.leave();
  const after = process.resourceUsage();
  const spent = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
  process.stdout.write(`usage grown_kb=${after.maxRSS - before.maxRSS} cpu_ms=${Math.round(spent / 1000)}\nbye\n`);
  return process.exit(0);
});
