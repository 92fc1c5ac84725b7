// Pictures of every page, on a phone and on a desk, light and dark, to be looked at: node shots.mjs FOLDER.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { openBrowser } from "../../../tests/browser/npm/lib/browsers.mjs";
import { PAGES } from "./pages.mjs";
import { PIXEL } from "./person.mjs";
import { startServer } from "./program.mjs";
import { openChat } from "./room.mjs";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("say into which folder: node shots.mjs FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };

const browser = await openBrowser("chromium");
const server = await startServer();
try {
  for (const [name, path] of Object.entries(PAGES)) {
    for (const [where, viewport] of Object.entries(WIDTHS)) {
      for (const scheme of ["light", "dark"]) await take(`${name}-${where}-${scheme}`, path, viewport, scheme);
    }
  }
} finally {
  await browser.close();
  await server.end("SIGKILL");
}

async function take(name, path, viewport, scheme) {
  const it = await openChat(browser, `${server.url}${path}`);
  await it.page.setViewport(viewport);
  await it.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  // A page in Rust is there before its program.
  await it.page.waitForSelector("#username");
  await it.page.screenshot({ path: join(folder, `${name}-login.png`) });
  await it.page.reload();
  await it.joins("ann");
  await it.open("#online");
  await it.sees("#online li", "sockeye");
  await it.says("hello");
  await it.sees("#messages .message", "Hello, ann!");
  await it.enters("#room-name", "salmon and trout");
  await it.sees("#rooms", "#salmon and trout");
  await it.says("A longer message, to see how lines break where there is little room for them: supercalifragilistic.");
  await it.choosesImage("red.png", "image/png", PIXEL);
  await it.sees("#messages .place", "#salmon and trout");
  await it.enters("#admin-token", "wrong");
  await it.sees("#admin-state", "Refused");
  if (viewport.width < 768) await it.page.$$eval("details", (all) => all.forEach((one) => void (one.open = false)));
  await it.page.screenshot({ path: join(folder, `${name}.png`) });
  await it.page.$eval("#admin-token", (field) => field.select());
  await it.enters("#admin-token", "mysecrettoken");
  await it.sees("#kicks li", "sockeye");
  await it.page.$eval("#stale", (notice) => void (notice.hidden = false));
  await it.page.screenshot({ path: join(folder, `${name}-admin.png`) });
  await it.page.close();
}
