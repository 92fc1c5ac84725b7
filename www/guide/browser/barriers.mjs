// Barriers: what a machine can find of them, on every page, at a desk and on a phone, in light and dark. (axe-core; WCAG 2.2 AA
// and its own good practice.)
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PAGES } from "../../tests/browser/pages.mjs";
import { openPage } from "./lib/person.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = readdirSync(join(import.meta.dirname, "../pages")).map((it) => `/guide/${it.replace(/md$/, "html")}`);
/** Each width and each theme once. Puppeteer cannot ask Firefox for a dark page. */
const VIEWS = {
  chromium: [[390, "light"], [1280, "dark"]],
  firefox: [[390, "light"], [1280, "light"]],
};

export async function barriers(browser, { url }) {
  const visitor = await openPage(browser, url);
  const found = [];
  let checked = 0;
  const look = async (path) => {
    await visitor.page.evaluate(axe);
    for (const [width, theme] of VIEWS[browser.name]) {
      if (browser.name === "chromium") {
        await visitor.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
      }
      await visitor.page.setViewport({ width, height: 900 });
      const { violations, passes } = await visitor.page.evaluate(() => window.axe.run());
      checked += passes.length;
      for (const { id, help, nodes } of violations) {
        found.push(`${path}, ${theme}, ${width}: ${id}, ${help}: ${nodes.map((it) => it.html).join(" | ").slice(0, 200)}`);
      }
    }
  };
  for (const path of [...pages, "/inspector/"]) {
    await visitor.page.goto(url + path);
    if (path === "/inspector/") await visitor.sees("[data-state][data-lit]", /^Connected$/);
    await look(path);
  }
  for (const path of Object.values(PAGES)) {
    await visitor.page.goto(url + path);
    await visitor.page.waitForSelector("#username");
    await visitor.sees("#connection", "connected by");
    await look(`${path}, before joining`);
    await visitor.writes("#username", "eve");
    await visitor.page.keyboard.press("Enter");
    await visitor.sees("#online-count", /[1-9]/);
    await visitor.writes("#message-input", "hello");
    await visitor.page.keyboard.press("Enter");
    await visitor.sees("#messages .message", "hello");
    await look(`${path}, joined`);
  }
  assert.deepEqual([...new Set(found)], []);
  assert(checked > 700, `${checked} checks`);
  await visitor.page.close();
}
