// Two pages, the bot and the terminal client in one room, also after the server was away: node chat/run.mjs.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { missing, openBrowser } from "../lib/browsers.mjs";
import { openChat } from "./room.mjs";
import { start, startServer } from "./program.mjs";

const FIRST_LOAD = 60_000;
const asked = process.argv.slice(2);
const browsers = asked.length ? asked : ["chromium", "firefox"];

if (!existsSync(join(import.meta.dirname, "../../../../client-wasm/npm/dist/index.js"))) {
  console.error("there is no package: cargo run -p sockeye-pack");
  process.exit(2);
}
const absent = missing(browsers);
if (absent.length) {
  console.error(`there is no ${absent.join(" and no ")} here: apt-get install ${absent.join(" ")}`);
  process.exit(2);
}
for (const name of browsers) {
  const browser = await openBrowser(name);
  let server = await startServer();
  const ending = [];
  try {
    await firstLoad(browser, server.url);
    await refusals(browser, server.url);
    server = await conversation(browser, server, ending);
    console.log(`${browser.version}: ok`);
  } catch (error) {
    console.error(`${browser.version}: ${error.stack}`);
    process.exitCode = 1;
  } finally {
    await browser.close();
    for (const it of ending) await it.end("SIGKILL");
    await server.end("SIGKILL");
  }
}

/** Every byte on the wire until the chat is connected, headers too. */
async function firstLoad(browser, url) {
  const chat = await openChat(browser, url);
  await chat.sees("#connection", "connected");
  const loaded = await chat.page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map((it) => ({
      name: new URL(it.name).pathname.replace(/^\/assets\/[^/]+\//, ""),
      bytes: it.transferSize,
    })),
  );
  for (const name of ["/", "chat.css", "view.js", "sockeye.min.js"]) {
    assert(loaded.some((it) => it.name === name && it.bytes > 0), `${name} was loaded`);
  }
  const sum = loaded.reduce((all, { bytes }) => all + bytes, 0);
  console.log(`first load: ${sum} bytes (${loaded.map(({ name, bytes }) => `${name} ${bytes}`).join(", ")})`);
  assert(sum < FIRST_LOAD, `${sum} bytes are below ${FIRST_LOAD}`);
  await chat.page.close();
}

/** Names that nobody can have. */
async function refusals(browser, url) {
  const chat = await openChat(browser, url);
  await chat.joins("   ");
  await chat.sees("#login-problem", "Enter a name!");
  await chat.joins("é".repeat(41));
  await chat.sees("#login-problem", "41 characters; choose a name of at most 40");
  await chat.sees("#login", "Your name");
  await chat.page.close();
}

async function conversation(browser, first, ending) {
  const { url } = first;
  const ann = await openChat(browser, url);
  const bob = await openChat(browser, `${url}/module`);
  await ann.joins("ann");
  await ann.sees("#messages .message", "sockeye");
  await bob.joins("<i>bob</i>");
  await ann.sees("#messages .system", "<i>bob</i> joined the chat");
  const cat = start("join", "cat", "--url", url);
  ending.push(cat);
  await cat.until("* online (4): sockeye, ann, <i>bob</i>, cat");
  for (const it of [ann, bob]) {
    await it.sees("#online-count", "4");
    await it.sees("#messages .system", "cat joined the chat");
  }

  // Each hears each, and markup is text.
  await ann.says("<img src=x onerror=alert(1)>");
  await bob.sees("#messages .message", "<img src=x onerror=alert(1)>");
  assert.equal(await bob.page.$("#messages img, #messages i, #online i"), null);
  await cat.until("ann: <img src=x onerror=alert(1)>");
  cat.type("from a terminal");
  await bob.says("@sockeye from a module");
  for (const it of [ann, bob]) {
    await it.sees("#messages .message", "from a terminal");
    await it.sees("#messages .message", "<i>bob</i> said: from a module");
  }
  await ann.seesNothing("#outbox");

  await typing(ann, bob, cat);
  await tooLong(ann);

  // As if the page came from another build than the server that comes back.
  await bob.page.evaluate(() => void (document.documentElement.dataset.build = "older"));
  // The server goes and comes back; what was written meanwhile arrives once.
  await first.end();
  for (const it of [ann, bob]) await it.sees("#messages .lost", "the connection is lost: transport");
  await ann.sees("#connection", "reconnecting, attempt");
  await bob.sees("#connection", "attempt");
  await bob.sees("#retry", "Try now");
  await cat.until("- reconnecting, attempt");
  await ann.says("while nobody was there");
  await ann.sees("#outbox", "waits for the connection");
  const second = await startServer(first.port);
  ending.push(second);
  // There is no history: who comes back later than ann may have missed it.
  await ann.sees("#messages .message", "while nobody was there");
  await ann.seesNothing("#outbox");
  for (const it of [ann, bob]) {
    await it.sees("#messages .system", "the connection is back");
    await it.sees("#online-count", "4");
  }
  await cat.until("- connected, you are cat");
  await ann.says("are all here?");
  await cat.until("ann: are all here?");
  cat.type("all of us again");
  for (const it of [ann, bob]) {
    await it.sees("#messages .message", "all of us again");
  }
  assert.equal(await ann.page.$eval("#stale", (notice) => notice.hidden), true);
  await bob.sees("#stale", "newer build");
  assert.equal(await ann.count("#messages .message", "while nobody was there"), 1);

  cat.type("/leave");
  await ann.sees("#messages .system", "cat left the chat");
  await Promise.all([bob.page.waitForNavigation(), bob.clicks("#stale button")]);
  await bob.sees("#login", "Your name");
  await ann.sees("#messages .system", "<i>bob</i> left the chat");
  await ann.sees("#online-count", "2");
  assert.deepEqual([...ann.errors, ...bob.errors], []);
  return second;
}

/** Shown to the others while keys are pressed, and until two seconds after the last. */
async function typing(ann, bob, cat) {
  await ann.types("hm");
  const began = performance.now();
  await bob.sees("#typing", "ann is typing...");
  await cat.until("~ ann is typing");
  await bob.seesNothing("#typing");
  const seconds = (performance.now() - began) / 1000;
  assert(seconds > 1.5, `typing was shown until ${seconds} s after the last key`);
  await cat.until("~ ann stopped typing");
  await ann.page.$eval("#message-input", (it) => void (it.value = ""));
}

/** More than the server takes: said to who wrote it, who may try again or let it go. */
async function tooLong(ann) {
  await ann.page.$eval("#message-input", (it) => {
    it.value = "x".repeat(1_100_000);
    it.form.requestSubmit();
  });
  await ann.sees("#outbox .failed", "Send again");
  await ann.clicks("#outbox .failed button");
  await ann.sees("#outbox .failed", "Send again");
  await ann.clicks("#outbox .failed button:last-child");
  await ann.seesNothing("#outbox");
  await ann.sees("#connection", "connected");
}
