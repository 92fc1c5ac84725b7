// Loads the packed package in real projects, each of which makes a round trip to the official server.
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { openBrowser } from "./lib/browsers.mjs";
import { readOptions, USAGE } from "./lib/options.mjs";
import { startServer } from "./lib/server.mjs";
import { closeWorkshop, copyProject, openWorkshop } from "./lib/workshop.mjs";

const folder = join(import.meta.dirname, "projects");
const all = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory()).map(({ name }) => name);
const options = readOptionsOrEnd();

if (options.help) process.stdout.write(USAGE);
else if (options.list) console.log(all.join("\n"));
else process.exitCode = (await runAll()) ? 0 : 1;

function readOptionsOrEnd() {
  try {
    return readOptions(process.argv.slice(2), all);
  } catch (error) {
    console.error(`${error.message}; --help lists what there is`);
    process.exit(2);
  }
}

async function runAll() {
  const workshop = openWorkshop(options.client);
  const server = await startServer();
  const browsers = Object.fromEntries(await Promise.all(options.browsers.map(async (it) => [it, await openBrowser(it)])));
  const rows = [];
  try {
    for (const name of options.projects.length > 0 ? options.projects : all) {
      rows.push(...(await runOne(name, { client: options.client, server: server.url, workshop, browsers })));
    }
  } finally {
    await Promise.all(Object.values(browsers).map((browser) => browser.close()));
    server.stop();
    if (!options.keep) closeWorkshop(workshop);
  }
  return table(rows);
}

/** A row for each place in which the project ran: `[project, where, what came out, seconds]`. */
async function runOne(name, { client, server, workshop, browsers }) {
  const began = performance.now();
  const row = (where, result) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${name}, ${where}: ${result}`);
    return [name, where, result, `${seconds} s`];
  };
  try {
    const project = await import(join(folder, name, "project.mjs"));
    if (project.only && project.only !== client) return [];
    if (project.site && Object.keys(browsers).length === 0) return [];
    const dir = copyProject(workshop, name, client);
    const context = { dir, client, server };
    if (project.run) return [row("here", await project.run(context))];

    const site = await project.site(context);
    try {
      const rows = [];
      for (const [browser, it] of Object.entries(browsers)) {
        const url = `${site.url}/${site.page ?? "index.html"}?server=${encodeURIComponent(server)}`;
        const said = await it.resultOf(url).catch((error) => `failed: ${error.message}`);
        rows.push(row(browser, project.judge ? project.judge(said) : said));
      }
      return rows;
    } finally {
      await site.stop();
    }
  } catch (error) {
    return [row("here", `failed: ${error.message}`)];
  }
}

function table(rows) {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  console.log(`\n${options.client}`);
  for (const [name, where, result, seconds] of rows) {
    console.log(`${name.padEnd(widths[0])}  ${where.padEnd(widths[1])}  ${seconds.padStart(7)}  ${result}`);
  }
  const bad = rows.filter(([, , result]) => !result.startsWith("ok")).length;
  console.log(bad ? `${bad} of ${rows.length} failed` : `all ${rows.length} ok`);
  return bad === 0 && rows.length > 0;
}
