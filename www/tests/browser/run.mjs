// What a person does at each page of the chat, and one conversation through all of them:
//
//   node www/tests/browser/run.mjs [--browser chromium,firefox] [--page plain,module,react,yew,leptos] [--server node]
//
// The pages and the package are those that are there (cargo run -p sockeye-pack -- apps); the browsers are started with what
// tests/browser/npm installs (npm ci).
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { missing, openBrowser } from "../../../tests/browser/npm/lib/browsers.mjs";
import { challenge } from "./challenge.mjs";
import { conversation } from "./conversation.mjs";
import { firstLoad } from "./first-load.mjs";
import { INSPECTED, inspected } from "./inspected.mjs";
import { PAGES } from "./pages.mjs";
import { person } from "./person.mjs";
import { startServer } from "./program.mjs";

const options = { browser: { type: "string" }, page: { type: "string" }, server: { type: "string" } };
const { values } = parseArgs({ options });
const browsers = values.browser?.split(",") ?? ["chromium", "firefox"];
const names = values.page?.split(",") ?? Object.keys(PAGES);
const more = values.server ? ["--server", values.server] : [];

const unknown = names.find((name) => !(name in PAGES));
if (unknown) fail(`--page ${unknown}? ${Object.keys(PAGES).join(", ")}`);
const root = join(import.meta.dirname, "../../..");
const built = names.map((name) => (["plain", "module"].includes(name) ? "client-wasm/npm/dist" : `www/apps/${name}/dist`));
const unbuilt = built.find((folder) => !existsSync(join(root, folder)));
if (unbuilt) fail(`there is no ${unbuilt}: cargo run -p sockeye-pack -- apps`);
const absent = missing(browsers);
if (absent.length) fail(`there is no ${absent.join(" and no ")} here: apt-get install ${absent.join(" ")}`);

const pages = Object.fromEntries(names.map((name) => [name, PAGES[name]]));
for (const name of browsers) {
  const browser = await openBrowser(name);
  const ending = [];
  const step = async (what, act) => {
    const began = performance.now();
    try {
      const result = await act();
      console.log(`${browser.version}: ${what}: ok (${((performance.now() - began) / 1000).toFixed(1)} s)`);
      return result;
    } catch (error) {
      console.error(`${browser.version}: ${what}: ${error.stack}`);
      process.exitCode = 1;
      return undefined;
    }
  };
  try {
    const quiet = await startServer(0, "--no-bot", ...more);
    ending.push(quiet);
    if (names.includes("plain")) await step("first load", () => firstLoad(browser, quiet.url));
    for (const [page, path] of Object.entries(pages)) await step(page, () => person(browser, quiet.url, path));
    for (const page of INSPECTED.filter((name) => names.includes(name))) {
      await step(`${page}, inspected`, () => inspected(browser, quiet.url, pages[page]));
    }
    if (names.includes("react")) await step("the challenge", () => challenge(browser, quiet.url));
    const loud = await startServer(0, ...more);
    ending.push(loud);
    await step("one conversation through all", () => conversation(browser, loud, pages, ending, ...more));
  } finally {
    await browser.close();
    for (const it of ending) await it.end("SIGKILL");
  }
}

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}
