// Speed in Chromium: ours and the published client in turn, the same work. Writes results/table.md.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

import { openBrowser } from "../lib/browsers.mjs";
import { openSite } from "../lib/site.mjs";
import { openPage } from "./chromium.mjs";
import { PLAN } from "./plan.mjs";
import { report } from "./report.mjs";

const USAGE = `node bench/run.mjs [--rounds 15] [--keep] [part of a row's name …]

  --rounds N   rounds of each row; the first is not counted
  --keep       write bench/results/table.md
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "15" },
    keep: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const rows = PLAN.filter(({ work, kind }) => !positionals.length || positionals.some((it) => `${work} ${kind}`.includes(it)));

if (values.help) process.stdout.write(USAGE);
else await bench(Number(values.rounds));

async function bench(rounds) {
  const server = spawn(process.execPath, [join(import.meta.dirname, "server.mjs")], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: server.stdout }), "line");
  const url = `http://127.0.0.1:${JSON.parse(line).port}`;
  const site = await openSite();
  const browser = await openBrowser("chromium");
  try {
    const ours = await openPage(browser, site, "sockeye-client", url);
    const theirs = await openPage(browser, site, "socket.io-client", url);
    const measured = [];
    for (const row of rows) {
      measured.push({ ...row, ...(await inTurn(row, rounds, ours, theirs)) });
      console.log(report([measured.at(-1)]).split("\n").at(-1));
    }
    const text = report(measured, { browser: browser.version, rounds });
    console.log(`\n${text}`);
    if (values.keep) writeFileSync(join(import.meta.dirname, "results/table.md"), `${text}\n`);
  } finally {
    await browser.close();
    site.close();
    server.stdin.end();
  }
}

/** Both do the same in turn, who begins changes; the first round warms up. */
async function inTurn(row, rounds, ours, theirs) {
  const results = { ours: [], theirs: [] };
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 ? ["ours", "theirs"] : ["theirs", "ours"];
    for (const who of order) {
      const result = await (who === "ours" ? ours : theirs).measure(row);
      if (round > 0) results[who].push(result);
    }
  }
  return results;
}
