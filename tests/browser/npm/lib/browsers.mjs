// Chromium and Firefox, each with nothing in it. Both are Debian's; `CHROMIUM` and `FIREFOX` name others.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const BROWSERS = {
  chromium: {
    browser: "chrome",
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    package: "chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-dev-shm-usage",
    ],
  },
  firefox: { browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", package: "firefox-esr", args: [] },
};

/** The Debian packages of those that are not here. */
export const missing = (names) => names.filter((it) => !existsSync(BROWSERS[it].executablePath)).map((it) => BROWSERS[it].package);

/** Starts one; `close` leaves nothing behind. */
export async function openBrowser(name, moreArgs = []) {
  const { browser, executablePath, args } = BROWSERS[name];
  const userDataDir = mkdtempSync(join(tmpdir(), `sockeye-${name}-`));
  const opened = await puppeteer.launch({
    browser,
    executablePath,
    args: [...args, ...moreArgs],
    headless: true,
    userDataDir,
    protocolTimeout: PATIENCE,
  });
  return {
    name,
    puppeteer: opened,
    version: await opened.version(),
    newPage: () => opened.newPage(),
    async close() {
      await opened.close();
      rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A page may take long to answer when it measures. */
const PATIENCE = 900_000;
