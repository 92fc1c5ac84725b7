// What the plain page costs: every byte on the wire until the chat is connected, headers too.
import assert from "node:assert/strict";

import { openChat } from "./room.mjs";

const FIRST_LOAD = 60_000;

export async function firstLoad(browser, url) {
  const chat = await openChat(browser, url);
  await chat.sees("#connection", "connected");
  const loaded = await chat.page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map((it) => ({
      name: new URL(it.name).pathname.replace(/^\/assets\/[^/]+\//, ""),
      bytes: it.transferSize,
    })),
  );
  for (const name of ["/", "chat.css", "layout.js", "view.js", "sockeye.min.js"]) {
    assert(loaded.some((it) => it.name === name && it.bytes > 0), `${name} was loaded`);
  }
  const sum = loaded.reduce((all, { bytes }) => all + bytes, 0);
  console.log(`first load: ${sum} bytes (${loaded.map(({ name, bytes }) => `${name} ${bytes}`).join(", ")})`);
  assert(sum < FIRST_LOAD, `${sum} bytes are below ${FIRST_LOAD}`);
  await chat.page.close();
}
