// Messages that come twice: each component of the guide in StrictMode, one message, and how often it is shown.
import assert from "node:assert/strict";
import { join } from "node:path";
import { build } from "esbuild";
import { openPage } from "./lib/person.mjs";

const here = import.meta.dirname;
const SHOWN = { Leaky: 2, Fixed: 1, Signal: 1 };

export async function twice(browser, { url }) {
  for (const [name, times] of Object.entries(SHOWN)) assert.equal(await shown(browser, url, name), times, name);
  await whole(browser, url);
}

/** How often the component shows a message that another page sends once. */
async function shown(browser, url, name) {
  const viewer = await mounted(browser, url, `import { Chat as It } from "./${name}";`);
  await viewer.page.waitForFunction(() => window.socket.connected);
  // Answered when everybody was told: whoever listens has it by then.
  await viewer.page.evaluate(async () => {
    await window.socket.timeout(5_000).emitWithAck("user-join", "ann").catch(() => {});
    await window.socket.timeout(5_000).emitWithAck("chat-message", { text: "said once" });
  });
  await viewer.sees("li", "said once");
  const lines = await viewer.page.$$eval("li", (all) => all.filter((it) => it.textContent.includes("said once")).length);
  assert.deepEqual(viewer.errors, []);
  await viewer.page.close();
  return lines;
}

/** The application of the page on React, with its hooks. */
async function whole(browser, url) {
  const visitor = await mounted(browser, url, 'import { App as It } from "./App";');
  await visitor.sees("[role=status]", "connected");
  await visitor.page.type("[name=text]", "from React");
  await visitor.page.keyboard.press("Enter");
  await visitor.sees("li", "grace: from React");
  const lines = await visitor.page.$$eval("li", (all) => all.filter((it) => it.textContent.includes("from React")).length);
  assert.equal(lines, 1);
  assert.equal(await visitor.page.$eval("[role=alert]", (it) => it.textContent), "");

  // What the server refuses is said; and after a loss it has joined again by itself.
  await visitor.page.evaluate(() => window.socket.emitWithAck("leave"));
  await visitor.page.type("[name=text]", "from nobody");
  await visitor.page.keyboard.press("Enter");
  await visitor.sees("[role=alert]", "Not authenticated");
  await visitor.page.evaluate(() => window.socket.io.engine.close());
  await visitor.sees("[role=status]", "reconnecting");
  await visitor.sees("[role=status]", "connected");
  await visitor.page.type("[name=text]", "back again");
  await visitor.page.keyboard.press("Enter");
  await visitor.sees("li", "grace: back again");
  assert.deepEqual(visitor.errors, []);
  await visitor.page.close();
}

async function mounted(browser, url, entry) {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { StrictMode, createElement } from "react";
        import { createRoot } from "react-dom/client";
        import { socket } from "./socket";
        ${entry}
        window.socket = socket;
        createRoot(document.body.appendChild(document.createElement("div"))).render(createElement(StrictMode, null, createElement(It)));
      `,
      resolveDir: join(here, "../snippets/react"),
      loader: "tsx",
    },
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    // StrictMode mounts twice while one develops.
    define: { "process.env.NODE_ENV": '"development"' },
    nodePaths: [join(here, "node_modules")],
    alias: { "sockeye-client": join(here, "../../../client-wasm/npm/dist/index.js") },
    tsconfigRaw: "{}",
  });
  const visitor = await openPage(browser, `${url}/server`);
  await visitor.page.addScriptTag({ content: outputFiles[0].text });
  return visitor;
}
