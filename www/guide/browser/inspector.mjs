// The inspector as a person uses it: connects, looks, sends, breaks, and sees how it comes back.
import assert from "node:assert/strict";
import { openPage } from "./lib/person.mjs";

const LIT = '[data-state][data-lit]';
const panel = (name, what) => `[data-panel^="${name}"] ${what}`;

export async function inspector(browser, { url }) {
  const it = await openPage(browser, `${url}/inspector/`);
  await connects(it);
  await sends(it);
  await killsAndRestarts(it);
  await dropsTheTransport(it);
  await isOffline(it);
  await isRefused(it);
  await floods(it);
  await swallows(it);
  await isSlow(it);
  await leaves(it, url);
  assert.deepEqual(it.errors, []);
  await it.page.close();
}

async function connects({ sees }) {
  await sees(LIT, /^Connected$/);
  await sees("#badge", "connected");
  await sees(panel("Transport", ".large"), "websocket");
  await sees(panel("Transport", "li"), "opened on polling");
  await sees(panel("Transport", "li"), "goes on with websocket");
  await sees(panel("Transport", "p"), "the last ping came");
  await sees(panel("State", "dd"), "/ joined");
  await sees(panel("Packets", "tr"), "CONNECT");
  await sees(panel("Attempts", "li"), /first attempt: connected in \d+ ms/);
}

async function sends({ page, sees, writes, presses }) {
  await writes("#text", "<b>hello</b>");
  await presses("Send");
  await sees("#said", 'The server answered: "<b>hello</b>"');
  await sees(panel("Packets", "tr"), /out.*EVENT echo #0.*\["echo","<b>hello<\/b>"\]/);
  await sees(panel("Packets", "tr"), /in.*ACK #0/);
  await writes("#text", "");
  await page.$eval("#text", (it) => void (it.value = ""));
  await presses("Send");
  await sees("#said", "nothing to send");
  const shown = await page.$eval("sockeye-inspector", (it) => it.shadowRoot.querySelector(".log").textContent);
  assert(!/"sid":"[^…]/.test(shown), "session ids are not shown");
}

async function killsAndRestarts({ sees, presses, writes }) {
  await presses("Kill the server");
  await sees(LIT, /^Reconnecting$/);
  await sees(panel("State", ".said"), /attempt \d in \d\.\d s/);
  await sees(panel("State", "dd"), "transport close");
  await sees(panel("State", "dd"), "/ waiting");
  // What is said meanwhile waits, and is answered in the end.
  await writes("#text", "are you there?");
  await presses("Send");
  await sees(panel("Buffers", "b"), "1 of 100");
  await sees(panel("Attempts", "li"), /attempt 1, after \d\.\d s: failed/);
  await presses("Restart it");
  await presses("Try again now");
  await sees(LIT, /^Connected$/);
  await sees("#said", 'The server answered: "are you there?"');
  await sees(panel("Buffers", "b"), "0 of 100");
  await sees(panel("Attempts", "li"), /attempt \d, after \d\.\d s: connected/);
}

async function dropsTheTransport({ sees, presses }) {
  await sees(panel("Transport", ".large"), "websocket");
  await presses("Drop the transport");
  await sees("#said", "cut");
  await sees(panel("State", ".said"), /attempt 1 in/);
  await sees(LIT, /^Connected$/);
}

async function isOffline({ sees, presses }) {
  await presses("Go offline");
  await sees("#said", "offline");
  await sees(LIT, /^Reconnecting$/);
  await presses("Back online");
  await sees(LIT, /^Connected$/);
}

async function isRefused({ sees, presses }) {
  await presses("Refuse the token");
  await sees("#said", "/secure: refused, Unauthorized");
  await sees(panel("State", "dd"), "/secure refused");
  await sees(panel("Packets", "tr"), /out.*CONNECT \/secure.*\{token\}/);
  await presses("Mend the token");
  await sees("#said", "/secure: let in");
  await sees(panel("State", "dd"), "/secure joined");
}

async function floods({ sees, presses }) {
  await presses("Flood from the server");
  await sees(panel("Counters", "dl"), /bytes in8\d\d\.\d KB/);
  await presses("Kill the server");
  await sees(LIT, /^(Reconnecting|Connecting)$/);
  await presses("Flood the server");
  await sees("#said", "100 events were taken; the next was refused");
  await sees(panel("Buffers", "b"), "100 of 100");
  await presses("Restart it");
  await presses("Try again now");
  await sees(LIT, /^Connected$/);
  await sees(panel("Buffers", "b"), "0 of 100");
}

/** Nobody is told: the heartbeat finds it. */
async function swallows({ sees, presses }) {
  await presses("Swallow everything");
  await sees(panel("State", "dd"), "ping timeout");
  await presses("Back online");
  await sees(LIT, /^Connected$/);
  await presses("Ask and get no answer");
  await sees(panel("Buffers", "dl"), "without an answer so far1");
}

async function isSlow({ page, sees, presses, writes }) {
  await presses("Slow down");
  await sees("#said", "700 ms");
  await writes("#text", "slowly");
  const began = await page.evaluate(() => performance.now());
  await presses("Send");
  await sees("#said", 'The server answered: "slowly"');
  const took = (await page.evaluate(() => performance.now())) - began;
  assert(took > 1_300, `there and back took ${took} ms`);
  await presses("Full speed");
}

async function leaves({ page, sees, presses, writes }) {
  await presses("Disconnect");
  await sees("#said", /^Closed; /);
  await sees(LIT, /^Idle$/);
  await page.select("#transports", "polling");
  await presses("Connect");
  await sees(LIT, /^Connected$/);
  await sees(panel("Transport", ".large"), "polling");
  await writes("#address", "http://127.0.0.1:9");
  await presses("Connect");
  await sees(LIT, /^Reconnecting$/);
  await sees(panel("State", "dd"), "xhr poll error");
}
