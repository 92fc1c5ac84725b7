// The first code of the guide as it is printed, but for the address: what it says on the console.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { openPage } from "./lib/person.mjs";

const folder = join(import.meta.dirname, "../snippets/js");
const ADDRESS = "https://chat.example.com";

export async function quickstart(browser, { url }) {
  const visitor = await openPage(browser, `${url}/server`);
  const said = [];
  const done = new Promise((resolve) => {
    visitor.page.on("console", (line) => {
      // Neither the page's own requests, such as for an icon, nor the bot of the chat.
      if (/^Failed to load resource|^sockeye: /.test(line.text())) return;
      said.push(line.text());
      if (said.length === 2) resolve();
    });
  });
  await visitor.page.addScriptTag({ type: "module", content: await bundle(url) });
  await done;
  assert.match(said[0], /^connected as [\w-]+$/);
  assert.equal(said[1], "ada: hello");
  assert.deepEqual(visitor.errors, []);
  await visitor.page.close();
}

async function bundle(url) {
  const printed = readFileSync(join(folder, "quickstart.ts"), "utf8");
  assert.ok(printed.includes(ADDRESS));
  const { outputFiles } = await build({
    stdin: { contents: printed.replace(ADDRESS, url), resolveDir: folder, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    alias: { "sockeye-client": join(import.meta.dirname, "../../../client-wasm/npm/dist/index.js") },
    tsconfigRaw: "{}",
  });
  return outputFiles[0].text;
}
