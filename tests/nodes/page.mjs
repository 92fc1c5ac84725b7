// A member of the chat in a page, which the balancer serves: tells in lines of JSON, and says the lines that it is given.

import { createInterface } from "node:readline";
import { openBrowser } from "../browser/npm/lib/browsers.mjs";

const [kind, url, name, options, ...transports] = process.argv.slice(2);
const browser = await openBrowser(kind);
const page = await browser.newPage();
page.on("console", (message) => process.stdout.write(`${message.text()}\n`));
page.on("pageerror", ({ message }) => process.stdout.write(`${JSON.stringify({ thrown: message })}\n`));
const setting = encodeURIComponent(JSON.stringify({ name, options: JSON.parse(options), transports }));
await page.goto(`${url}/page.html#${setting}`);

createInterface({ input: process.stdin })
  .on("line", (text) => page.evaluate((it) => globalThis.say(it), text))
  .on("close", () => browser.close().finally(() => process.exit(0)));
