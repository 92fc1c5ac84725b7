// One conversation through all: the plain page, the module, React, Yew and Leptos, the bot and a terminal, with a restart of
// the server in its middle.
import assert from "node:assert/strict";

import { start, startServer } from "./program.mjs";
import { openChat } from "./room.mjs";

/** Follows it at the pages of these names, and gives the server that is there at its end. */
export async function conversation(browser, first, pages, ending, ...more) {
  const { url } = first;
  const people = [];
  for (const [name, path] of Object.entries(pages)) {
    const it = await openChat(browser, `${url}${path}`);
    await it.joins(name);
    await it.sees("#messages .system, #online-count", `${people.length + 2}`);
    people.push({ ...it, name });
  }
  const cat = start("join", "cat", "--url", url);
  ending.push(cat);
  const names = ["sockeye", ...people.map(({ name }) => name), "cat"];
  // The first page may be there before the bot.
  const online = (await cat.until(`* online (${names.length}): `)).replace(/.*\): /, "").split(", ");
  assert.deepEqual(online.sort(), [...names].sort());
  for (const it of people) {
    await it.sees("#online-count", `${names.length}`);
    await it.sees("#messages .system", "cat joined the chat");
  }

  for (const it of people) await joinsTwoRooms(it);
  await eachSpeaks(people, cat, "before");
  await people[0].says(`@sockeye what do you hear`);
  for (const it of people) await it.sees("#messages .message", `${people[0].name} said: what do you hear`);

  for (const it of people) await becomesOlder(it);
  await first.end();
  for (const it of people) {
    await it.sees("#messages .lost", "the connection is lost: transport");
    await it.sees("#connection", "attempt");
  }
  await cat.until("- reconnecting, attempt");
  for (const it of people) {
    await it.says(`${it.name} while nobody was there`);
    await it.sees("#outbox", "waits for the connection");
    await it.page.focus("#people summary");
  }
  const second = await startServer(first.port, ...more);
  ending.push(second);
  for (const it of people) {
    // There is no history: who comes back later than another may have missed what that one said.
    await it.sees("#messages .message", `${it.name} while nobody was there`);
    await it.seesNothing("#outbox");
    await it.sees("#messages .system", "the connection is back");
    await it.sees("#online-count", `${names.length}`);
    await it.sees("#connection", "connected");
  }
  for (const it of people) await isWhereItWas(it);
  await cat.until("- connected, you are cat");
  await eachSpeaks(people, cat, "after");
  for (const it of people) {
    assert.equal(await it.count("#messages .message", `${it.name} while nobody was there`), 1, "once");
    await it.sees("#stale", "newer build");
    assert.deepEqual(it.errors, [], it.name);
  }
  cat.type("/leave");
  for (const it of people) await it.sees("#messages .system", "cat left the chat");
  return second;
}

/** As if it came from another build than the server that comes back. */
async function becomesOlder({ page, name }) {
  const build = await page.evaluate(() => {
    const { dataset } = document.documentElement;
    const { build } = dataset;
    dataset.build = "older";
    return build;
  });
  assert.match(build ?? "", /^[0-9a-f]{16}$/, `the page of ${name} names its build`);
}

/** And speaks to all again. */
async function joinsTwoRooms(it) {
  for (const room of ["fish", "chips"]) {
    await it.enters("#room-name", room);
    await it.sees("#rooms", `#${room}`);
    await it.chooses(`#${room}`);
  }
  await it.speaksTo("Everyone");
}

/** In its rooms, with the same people to speak to, and the focus where the person left it. */
async function isWhereItWas(it) {
  for (const room of ["#fish", "#chips"]) await it.sees("#rooms", room);
  await it.chooses("Everyone");
  assert.equal(await it.page.evaluate(() => document.activeElement.textContent.slice(0, 7)), "Online:", it.name);
}

/** And all hear it once. */
async function eachSpeaks(people, cat, when) {
  for (const it of people) {
    const text = `${it.name} speaks ${when}`;
    await it.says(text);
    await cat.until(`${it.name}: ${text}`);
    for (const other of people) await other.sees("#messages .message", text);
    for (const other of people) assert.equal(await other.count("#messages .message", text), 1);
  }
  cat.type(`cat speaks ${when}`);
  for (const it of people) await it.sees("#messages .message", `cat speaks ${when}`);
}
