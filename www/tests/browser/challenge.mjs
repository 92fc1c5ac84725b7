// The challenge of the tutorials: React runs effects twice, and a listener that is not taken off shows everything twice.
import assert from "node:assert/strict";

import { openChat } from "./room.mjs";

export async function challenge(browser, url) {
  const it = await openChat(browser, `${url}/react/challenge/`);
  await it.page.waitForSelector("#say");
  for (const text of ["message 1", "message 2"]) {
    await it.clicks("#say");
    for (const list of ["#leaky li", "#mended li"]) await it.sees(list, text);
  }
  const counts = (list) => Promise.all(["message 1", "message 2"].map((text) => it.count(list, text)));
  assert.deepEqual(await counts("#leaky li"), [2, 2], "without a cleanup each is there twice, or this shows nothing");
  assert.deepEqual(await counts("#mended li"), [1, 1], "the hook takes its listener off");
  await it.sees("#first", "connected websocket");
  await it.clicks("#toggle");
  await it.sees("#second", "connected websocket");
  await it.clicks("#toggle");
  await it.page.waitForFunction(() => !document.querySelector("#second"));
  await it.clicks("#say");
  await it.sees("#mended li", "message 3");
  await it.sees("#first", "connected websocket");
  assert.deepEqual(it.errors, []);
  await it.page.close();
}
