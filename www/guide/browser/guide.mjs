// The guide, read at a desk and on a phone, by mouse and by keyboard.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openPage } from "./lib/person.mjs";

const pages = readdirSync(join(import.meta.dirname, "../pages")).map((it) => it.replace(/md$/, "html"));
const PHONE = { width: 390, height: 844 };

export async function guide(browser, { url }) {
  const reader = await openPage(browser, `${url}/guide/`);
  await byKeyboard(reader);
  await themes(reader);
  await reader.page.setViewport(PHONE);
  for (const name of pages) await fits(reader, `${url}/guide/${name}`);
  await menu(reader);
  await noScripts(browser, url);
  assert.deepEqual(reader.errors, []);
  await reader.page.close();
}

/** The first key leads past the navigation. */
async function byKeyboard({ page }) {
  // A browser that has just started gives keys to its own window first.
  await page.bringToFront();
  await page.waitForFunction(() => document.hasFocus());
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  const shown = await page.evaluate(() => document.activeElement.getBoundingClientRect().left);
  assert(shown >= 0, "it is seen while it has the focus");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#content");
  await page.keyboard.press("Tab");
  const where = await page.evaluate(() => {
    const { activeElement: it } = document;
    return { inside: Boolean(it.closest("main")), outline: getComputedStyle(it).outlineStyle };
  });
  assert.deepEqual(where, { inside: true, outline: "solid" });
}

/** What is chosen holds on the next page. */
async function themes({ page }) {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const before = await ground();
  await page.click("#theme");
  const after = await ground();
  assert.notEqual(before, after);
  await Promise.all([page.waitForNavigation(), page.click("#navigation a[href='npm.html']")]);
  assert.equal(await ground(), after);
  await page.click("#theme");
  assert.equal(await ground(), before);
}

/** Nothing is wider than the screen but what scrolls in its own frame. */
async function fits({ page }, address) {
  await page.goto(address);
  const { wide, heading } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - innerWidth,
    heading: document.querySelector("h1").textContent,
  }));
  assert(wide <= 0, `${address} is ${wide} px wider than a phone`);
  assert(heading.length > 2, address);
}

async function menu({ page }) {
  const isSeen = () => page.$eval("#navigation", (it) => it.checkVisibility());
  assert.equal(await isSeen(), false);
  await page.click("#menu");
  assert.equal(await isSeen(), true);
  await page.keyboard.press("Escape");
  assert.equal(await isSeen(), false);
  assert.equal(await page.evaluate(() => document.activeElement.id), "menu");
}

/** Without scripts the navigation is there, and nothing offers what cannot be done. */
async function noScripts(browser, url) {
  if (browser.name === "firefox") return; // puppeteer cannot switch scripts off there
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.setViewport(PHONE);
  await page.goto(`${url}/guide/states.html`);
  assert.equal(await page.$eval("#navigation", (it) => getComputedStyle(it).display), "block");
  assert.equal(await page.$eval("#menu", (it) => getComputedStyle(it).display), "none");
  await page.close();
}
