// Whether anything is left: node memory/run.mjs. Ours and the published client, the same deeds, in one Chromium.
import { parseArgs } from "node:util";

import { openBrowser } from "../lib/browsers.mjs";
import { openSite } from "../lib/site.mjs";
import { openStage } from "../lib/stage.mjs";
import { Stage } from "../page/stage.js";

const USAGE = `node memory/run.mjs [--rounds 1000] [--events 1000000]

  --rounds N   connections, of each kind
  --events N   events on one connection, half of them out, half in

  Ends with 1 if more is left of ours than the tolerance, after collections that are forced.
`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "1000" },
    events: { type: "string", default: "1000000" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit();
}
const DEEDS = [
  ["the same connection", Number(values.rounds)],
  ["new connections", Number(values.rounds)],
  ["events", Number(values.events)],
];
/** What may stay of a deed: caches that the engine of JavaScript fills when it likes. Memory of wasm never shrinks, so a page
 * of it (64 KiB) more is one that is needed. */
const TOLERANCE = { heap: 512 * 1024, wasm: 0 };
const SAMPLES = 5;
const PARTS = 10;

const [stage, site, browser] = [await openStage(), await openSite(), await openBrowser("chromium")];
try {
  const url = await new Stage(stage.url).shared("Node484");
  const rows = [];
  for (const client of ["sockeye-client", "socket.io-client"]) rows.push(...(await look(client, url)));
  process.exitCode = report(rows) ? 0 : 1;
} finally {
  await browser.close();
  site.close();
  stage.close();
}

/** A row for each deed: what was there before, and what after. */
async function look(client, url) {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await page.goto(`${site.url}/memory/index.html`);
  await page.waitForFunction("globalThis.prepare !== undefined");
  await page.evaluate((it) => globalThis.prepare(it), { client, url });
  const rows = [];
  // Code that is compiled, tables that grow to the size that is needed: once.
  for (const [name, number] of DEEDS) await page.evaluate((...it) => globalThis.deed(...it), name, number / PARTS);
  for (const [name, number] of DEEDS) {
    const before = await sample(page, session);
    // In parts, with a collection after each: the machine of a manager goes when the manager is collected.
    for (let part = 0; part < PARTS; part++) {
      await page.evaluate((...it) => globalThis.deed(...it), name, number / PARTS);
      await session.send("HeapProfiler.collectGarbage");
    }
    rows.push({ client, name, number, before, after: await sample(page, session) });
  }
  await page.close();
  return rows;
}

/** Bytes in use after a collection, the median of several. */
async function sample(page, session) {
  const all = [];
  for (let round = 0; round < SAMPLES; round++) {
    await session.send("HeapProfiler.collectGarbage");
    all.push((await session.send("Runtime.getHeapUsage")).usedSize);
  }
  return { heap: all.sort((one, other) => one - other)[SAMPLES >> 1], wasm: await page.evaluate("wasmBytes()") };
}

function report(rows) {
  console.log(`\n${browser.version}; KiB after a forced collection, medians of ${SAMPLES}\n`);
  console.log("| | | JS heap before | after | left | wasm before | after |\n|---|---|---:|---:|---:|---:|---:|");
  const kib = (bytes) => (bytes / 1024).toFixed(0);
  for (const { client, name, number, before, after } of rows) {
    const heap = [before.heap, after.heap, after.heap - before.heap].map(kib);
    console.log(`| ${[client, `${number} × ${name}`, ...heap, ...[before.wasm, after.wasm].map(kib)].join(" | ")} |`);
  }
  const leaks = rows.filter(
    ({ client, before, after }) =>
      client === "sockeye-client" && Object.keys(TOLERANCE).some((it) => after[it] - before[it] > TOLERANCE[it]),
  );
  for (const { name } of leaks) console.log(`\n${name}: more is left than ${kib(TOLERANCE.heap)} KiB, or wasm memory has grown`);
  return leaks.length === 0;
}
