// Chromium and Firefox, each with nothing in it.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { LAUNCH } from "../../launch.mjs";

const PACKAGES = { chromium: "chromium", firefox: "firefox-esr" };

/** The Debian packages of those that are not here. */
export const missing = (names) => names.filter((it) => !existsSync(LAUNCH[it].executablePath)).map((it) => PACKAGES[it]);

/** Starts one; `close` leaves nothing behind. */
export async function openBrowser(name, moreArgs = []) {
  const options = LAUNCH[name];
  const userDataDir = mkdtempSync(join(tmpdir(), `sockeye-${name}-`));
  // WebTransport is QUIC.
  const args = [...options.args.filter((it) => it !== "--disable-quic"), ...moreArgs];
  const opened = await puppeteer.launch({ ...options, args, userDataDir, protocolTimeout: PATIENCE });
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
