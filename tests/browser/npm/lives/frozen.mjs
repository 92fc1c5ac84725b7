// A page that is hidden and frozen: its timers stand still, and the server loses patience.
import { lost, withSocket } from "../lib/life.mjs";

/** Resumed, it finds out by itself and comes back. */
export async function frozen_and_resumed(at) {
  await withSocket(at, { heartbeat: [200, 200] }, async ({ page, told, ask, server }) => {
    const session = await page.createCDPSession();
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    // Longer than the server waits for a pong: it has closed the connection when this is over.
    await server.has(0);
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await told("disconnect", ([reason]) => lost(reason));
    await told("connect");
    await ask("back");
  });
}
frozen_and_resumed.browsers = ["chromium"];

/** Hidden and shown again in time, it has lost nothing. */
export async function hidden_and_shown(at) {
  await withSocket(at, {}, async ({ page, ask, silent, browser }) => {
    const other = await browser.newPage();
    await other.bringToFront();
    await ask("hidden");
    await page.bringToFront();
    await ask("shown");
    await other.close();
    await silent("disconnect");
  });
}
