// A client in a page of Chromium before the abuse server: `node chromium.mjs sockeye|reference URL name=value…`.
//
// CHROMIUM_ENDPOINT names a browser that runs already, so that not every case starts one; each has a context of its own.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";
import { CHROMIUM_OF_MANY } from "../../browser/launch.mjs";
import { entryOf } from "./entries.mjs";

export function launch(userDataDir) {
  return puppeteer.launch({ ...CHROMIUM_OF_MANY, userDataDir });
}

if (process.argv[1] === import.meta.filename) await main(...process.argv.slice(2));

async function main(which, url, ...rest) {
  const given = Object.fromEntries(rest.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
  if (given.ca) {
    process.stdout.write("unusable a page trusts whom the system trusts\nbye\n");
    return;
  }
  const endpoint = process.env.CHROMIUM_ENDPOINT;
  const profile = endpoint ? undefined : mkdtempSync(path.join(os.tmpdir(), "abused-"));
  const browser = endpoint ? await puppeteer.connect({ browserWSEndpoint: endpoint }) : await launch(profile);
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const print = (line) => process.stdout.write(`${line}\n`);
  page.on("pageerror", (error) => print(`uncaught ${String(error?.message ?? error).replaceAll(/[\r\n]/g, " ")}`));
  page.on("error", (error) => {
    print(`uncaught the page crashed: ${error.message}`);
    process.exit(1);
  });
  await page.exposeFunction("printLine", print);
  await page.addScriptTag({ content: readFileSync(entryOf(which, "page"), "utf8") });
  const source = readFileSync(new URL("puppet.mjs", import.meta.url), "utf8");
  const before = await page.metrics();
  await page.evaluate(startInPage, source, url, given);

  createInterface({ input: process.stdin }).on("line", async (line) => {
    if (line !== "quit") return page.evaluate((told) => globalThis.client.told(told), line);
    await page.evaluate(() => globalThis.client.leave());
    const after = await page.metrics();
    const grown = Math.max(0, Math.round((after.JSHeapUsedSize - before.JSHeapUsedSize) / 1024));
    print(`usage grown_kb=${grown} cpu_ms=${Math.round((after.TaskDuration - before.TaskDuration) * 1000)}`);
    print("bye");
    if (endpoint) {
      await context.close();
      await browser.disconnect();
    } else {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    }
    return process.exit(0);
  });
}

// Runs in the page: what it uses must come as arguments.
async function startInPage(source, url, given) {
  const module = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  globalThis.client = module.puppet(globalThis.io, url, given, {}, globalThis.printLine);
}
