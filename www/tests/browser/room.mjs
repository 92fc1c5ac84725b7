// A person at a page of the chat.
const DEADLINE = 20_000;

/** Opens it. What the page throws is kept in `errors`. */
export async function openChat(browser, url) {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  /** Waits until `text` is in what `selector` shows, once or more. */
  const sees = (selector, text) =>
    page
      .waitForFunction(
        (where, what) => [...document.querySelectorAll(where)].some((it) => it.checkVisibility() && it.textContent.includes(what)),
        { timeout: DEADLINE, polling: 50 },
        selector,
        text,
      )
      .catch(async () => {
        const there = await page.evaluate(() => document.body.innerText);
        throw new Error(`${url} has no "${text}" in ${selector}; it shows: ${there}`);
      });
  return {
    page,
    errors,
    sees,
    /** Nothing in `selector`. */
    seesNothing: (selector) =>
      page.waitForFunction(
        (where) => [...document.querySelectorAll(where)].every((it) => !it.textContent),
        { timeout: DEADLINE, polling: 50 },
        selector,
      ),
    count: (selector, text) =>
      page.$$eval(selector, (all, what) => all.filter((it) => it.textContent.includes(what)).length, text),
    /** By the keyboard alone: the name's field has the focus. */
    async joins(name) {
      await sees("#connection", "connected");
      await page.keyboard.type(name);
      await page.keyboard.press("Enter");
    },
    async says(text) {
      await page.type("#message-input", text);
      await page.keyboard.press("Enter");
    },
    /** A hidden page draws nothing, so there is nothing to click in it. */
    async clicks(selector) {
      await page.bringToFront();
      await page.click(selector);
    },
    types: (text) => page.type("#message-input", text),
  };
}
