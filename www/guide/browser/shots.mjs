// Pictures of every page at the widths of a phone and a desktop, in light and dark: node shots.mjs URL FOLDER [page …].
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openBrowser } from "../../../tests/browser/npm/lib/browsers.mjs";

const [base, folder, ...asked] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node shots.mjs URL FOLDER [page …]");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await openBrowser("chromium");
try {
  const page = await browser.newPage();
  for (const name of asked.length ? asked : ["index.html"]) {
    for (const width of [390, 1280]) {
      for (const theme of ["light", "dark"]) {
        await page.setViewport({ width, height: 900 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
        await page.goto(new URL(name, base).href);
        const file = `${name.replace(/\W+/g, "-").replace(/-html$/, "")}-${width}-${theme}.png`;
        await page.screenshot({ path: join(folder, file), fullPage: true });
        const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
        if (scroll > width) console.log(`${file}: the page is ${scroll} wide`);
      }
    }
  }
} finally {
  await browser.close();
}
