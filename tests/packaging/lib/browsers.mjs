// Chromium and Firefox, and what a page in them says.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { LAUNCH } from "../../browser/launch.mjs";

/** Starts a browser with nothing in it. */
export async function openBrowser(name) {
  const userDataDir = mkdtempSync(join(tmpdir(), `sockeye-${name}-`));
  const browser = await puppeteer.launch({ ...LAUNCH[name], userDataDir });
  return {
    /** What the page at `url` puts into `globalThis.result`, a promise of a text; its errors count, too. */
    async resultOf(url) {
      const page = await browser.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      try {
        await page.goto(url);
        await page.waitForFunction("globalThis.result !== undefined", { timeout: DEADLINE });
        // Each answer is a text: an error that is thrown in a page has another form in each browser.
        return await page.evaluate(`globalThis.result.catch((error) => "failed: " + (error && error.message || error))`);
      } catch (error) {
        throw new Error([error.message, ...errors].join("; "));
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      rmSync(userDataDir, { recursive: true, force: true });
    },
  };
}

const DEADLINE = 20_000;
