// The page of the quick start with a script tag, as it is printed: a person opens it and says something.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";
import { openPage } from "./lib/person.mjs";

const file = join(import.meta.dirname, "../snippets/script/chat.html");

export async function script(browser, { url }) {
  // Any address of the server that is no page of its own: the script comes from there, and so does the chat.
  const visitor = await openPage(browser, `${url}/server`);
  await visitor.page.setContent(readFileSync(file, "utf8"), { waitUntil: "load" });
  await visitor.page.type("#line", "hello from a script tag");
  await visitor.page.keyboard.press("Enter");
  await visitor.sees("#messages li", "ada: hello from a script tag");
  await watched(visitor);
  assert.deepEqual(visitor.errors, []);
  await visitor.page.close();
}

/** The inspector over a page that knows nothing of it, and away again. */
async function watched({ page, sees, presses }) {
  await page.addScriptTag({
    type: "module",
    content: 'import { openInspector } from "/inspector/dialog.js"; openInspector(socket);',
  });
  await sees("[data-state][data-lit]", /^Connected$/);
  await page.evaluate(() => socket.emit("typing"));
  await sees('[data-panel="Packets"] tr', /out.*EVENT typing/);
  await sees('[data-panel^="Buffers"] b', "without a limit");
  await presses("Close");
  await page.waitForFunction(() => !document.querySelector("dialog"));
}
