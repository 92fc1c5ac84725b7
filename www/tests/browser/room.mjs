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
  /** The part of the side that holds it. */
  const open = (selector) => page.$eval(selector, (it) => void (it.closest("details").open = true));
  return {
    page,
    errors,
    open,
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
      await page.focus("#message-input");
      await page.type("#message-input", text);
      await page.keyboard.press("Enter");
    },
    /** Types into a field of the side and presses Enter. */
    async enters(selector, text) {
      await open(selector);
      await page.focus(selector);
      await page.type(selector, text);
      await page.keyboard.press("Enter");
    },
    /** Chooses who is to hear what follows: by the words of the option. */
    async speaksTo(label) {
      const value = await page.$$eval(
        "#target option",
        (all, wanted) => {
          const found = all.find((it) => it.textContent === wanted);
          // Yew and Leptos know their options by place.
          if (found) Object.assign(found.parentElement, { selectedIndex: found.index });
          found?.parentElement.dispatchEvent(new Event("change", { bubbles: true }));
          return found && found.textContent;
        },
        label,
      );
      if (value !== label) throw new Error(`${url} has no ${label} to choose`);
    },
    /** Waits until that is who is to hear what follows. */
    chooses: (label) =>
      page
        .waitForFunction(
          (wanted) => document.querySelector("#target").selectedOptions[0]?.textContent === wanted,
          { timeout: DEADLINE, polling: 50 },
          label,
        )
        .catch(async () => {
          const chosen = await page.$eval("#target", (it) => it.selectedOptions[0]?.textContent);
          throw new Error(`${url} speaks to ${chosen} and not to ${label}`);
        }),
    /** A file as if it was chosen in the browser's window for that. */
    async choosesImage(name, type, base64) {
      await page.$eval(
        "#image",
        (input, file) => {
          const bytes = Uint8Array.from(atob(file.base64), (it) => it.charCodeAt(0));
          const files = new DataTransfer();
          files.items.add(new File([bytes], file.name, { type: file.type }));
          input.files = files.files;
          input.dispatchEvent(new Event("change", { bubbles: true }));
        },
        { name, type, base64 },
      );
    },
    /** A hidden page draws nothing, so there is nothing to click in it. */
    async clicks(selector) {
      await page.bringToFront();
      await page.click(selector);
    },
    types: (text) => page.type("#message-input", text),
  };
}
