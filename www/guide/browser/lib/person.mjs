// A person at a page: sees, presses, writes. What is in the inspector's shadow is looked for as well.
const DEADLINE = 20_000;

export async function openPage(browser, url, viewport = { width: 1280, height: 900 }) {
  const page = await browser.newPage();
  const errors = [];
  // Firefox counts a server that is gone among the errors of the page.
  page.on("pageerror", ({ message }) => /^Cross-Origin Request Blocked/.test(message) || errors.push(message));
  await page.setViewport(viewport);
  await page.goto(url);

  /** Waits until `text`, or a match of it, is in what `selector` shows. */
  const sees = (selector, text) =>
    page
      .waitForFunction(
        (where, source, isPattern) => {
          const roots = [document, ...[...document.querySelectorAll("*")].map((it) => it.shadowRoot).filter(Boolean)];
          const all = roots.flatMap((root) => [...root.querySelectorAll(where)]).filter((it) => it.checkVisibility());
          const fits = (it) => (isPattern ? new RegExp(source).test(it.textContent) : it.textContent.includes(source));
          return all.some(fits);
        },
        { timeout: DEADLINE, polling: 50 },
        selector,
        text instanceof RegExp ? text.source : text,
        text instanceof RegExp,
      )
      .catch(async () => {
        const there = await page.evaluate(() => {
          const inside = [...document.querySelectorAll("*")].map((it) => it.shadowRoot?.querySelector("div")?.innerText ?? "");
          return document.body.innerText + inside.join("");
        });
        throw new Error(`${url} has no ${text} in ${selector}; it shows: ${there}`);
      });

  return {
    page,
    errors,
    sees,
    /** A button by its words, as a person finds it. */
    async presses(name) {
      await page.bringToFront();
      const button = await page.waitForSelector(`xpath///button[normalize-space()="${name}"]`, { timeout: DEADLINE });
      await button.click();
    },
    async writes(selector, text) {
      await page.$eval(selector, (it) => void (it.value = ""));
      await page.type(selector, text);
    },
  };
}
