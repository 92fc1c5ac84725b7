// The inspector over a page of the chat, on the page's own connection.
import assert from "node:assert/strict";

import { openChat } from "./room.mjs";

/** Those whose socket is one of sockeye-client: what the inspector reads. */
export const INSPECTED = ["plain", "module", "react"];

export async function inspected(browser, url, path) {
  const chat = await openChat(browser, `${url}${path}`);
  await chat.joins("ann");
  await chat.sees("#online-count", "1");
  assert.deepEqual(await loaded(chat), [], "nothing of it is loaded before");

  await chat.clicks("#inspect");
  await shows(chat, "[data-state][data-lit]", "Connected");
  assert((await loaded(chat)).includes("/inspector/dialog.js"));
  // What the page itself says is seen: it is the same connection.
  await chat.page.evaluate(() => document.querySelector("dialog button").click());
  await chat.page.waitForFunction(() => !document.querySelector("dialog"));
  await chat.clicks("#inspect");
  await chat.page.waitForSelector("dialog sockeye-inspector");
  await chat.page.$eval("#message-input", (it) => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    // React hears of it only so; behind a dialog nobody can type.
    set.call(it, "who reads this?");
    it.dispatchEvent(new Event("input", { bubbles: true }));
    it.form.requestSubmit();
  });
  await shows(chat, '[data-panel="Packets"] tr', "EVENT chat-message");
  assert.deepEqual(chat.errors, []);
  await chat.page.close();
}

const loaded = ({ page }) =>
  page.evaluate(() => {
    const names = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
    return names.filter((it) => it.startsWith("/inspector/"));
  });

/** In the inspector's shadow. */
const shows = ({ page }, selector, text) =>
  page.waitForFunction(
    (where, what) => {
      const inside = document.querySelector("sockeye-inspector")?.shadowRoot.querySelectorAll(where) ?? [];
      return [...inside].some((it) => it.textContent.includes(what));
    },
    { polling: 50 },
    selector,
    text,
  );
