// The guide and the inspector as people use them: node run.mjs [chromium|firefox …]. Needs the npm package (cargo run -p
// sockeye-pack) and `npm ci` here and in tests/browser/npm.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "../../tests/browser/program.mjs";
import { missing, openBrowser } from "../../../tests/browser/npm/lib/browsers.mjs";
import { barriers } from "./barriers.mjs";
import { guide } from "./guide.mjs";
import { inspector } from "./inspector.mjs";
import { packets } from "./packets.mjs";
import { quickstart } from "./quickstart.mjs";
import { script } from "./script.mjs";
import { twice } from "./twice.mjs";
import { types } from "./types.mjs";
import { unanswered } from "./unanswered.mjs";

const wanted = process.argv.slice(2);
const browsers = wanted.length ? wanted : ["chromium", "firefox"];

if (!existsSync(join(import.meta.dirname, "../../../client-wasm/npm/dist/index.js"))) {
  console.error("there is no package: cargo run -p sockeye-pack");
  process.exit(2);
}
const absent = missing(browsers);
if (absent.length) {
  console.error(`there is no ${absent.join(" and no ")} here: apt-get install ${absent.join(" ")}`);
  process.exit(2);
}

await attempt("types", types);
await attempt("packets", packets);
await attempt("unanswered", unanswered);
for (const name of browsers) {
  const browser = await openBrowser(name);
  const server = await startServer();
  try {
    for (const story of [guide, quickstart, script, twice, inspector, barriers]) {
      await attempt(`${name}: ${story.name}`, () => story(browser, server));
    }
  } finally {
    await browser.close();
    await server.end("SIGKILL");
  }
}

async function attempt(name, story) {
  const began = performance.now();
  try {
    await story();
    console.log(`${name}: ok, ${((performance.now() - began) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
    process.exitCode = 1;
  }
}
