// Away by a link, and back by the button: from the back-forward cache if the browser has kept the page there.
import { withSocket } from "../lib/life.mjs";

/** The reference drops its requests at `pagehide`, and hears of the end only when the heartbeat fails. */
export async function there_and_back(at) {
  await withSocket(at, {}, async ({ page, site, ask, joinAgain }) => {
    await page.evaluate(() => void (globalThis.isKept = true));
    await page.goto(`${site.url}/page/elsewhere.html`);
    await page.goBack();
    await page.waitForFunction("globalThis.join !== undefined");
    // A page that was not kept begins anew, as after any load. One that was may have lost nothing.
    if (!(await page.evaluate(() => globalThis.isKept))) await joinAgain();
    await ask("back");
  });
}
there_and_back.clients = ["sockeye-client"];
