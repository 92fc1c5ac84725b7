// F131: a tab is closed, or its process dies: the server hears of it, and the tab beside it goes on.
import { withSocket } from "../lib/life.mjs";

export async function closed_beside_another(at) {
  await endsBeside(at, (page) => page.close());
}

export async function crashed_beside_another(at) {
  await endsBeside(at, async (page) => {
    const session = await page.createCDPSession();
    const gone = new Promise((resolve) => page.once("error", resolve));
    // It is never answered.
    session.send("Page.crash").catch(() => {});
    await gone;
  });
}
crashed_beside_another.browsers = ["chromium"];

/** Firefox does not always get around to say that a session is over: the heartbeat tells the server then. */
const SOON = [1000, 5000];

async function endsBeside(at, end) {
  const isHasty = at.browser.name === "firefox" && at.way === "webtransport";
  await withSocket(at, { heartbeat: isHasty ? SOON : undefined }, async ({ ask, silent, server, another }) => {
    const other = await another();
    await server.has(2);
    await end(other);
    await server.has(1);
    await ask("still here");
    await silent("disconnect");
  });
}
