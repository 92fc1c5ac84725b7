// Away by a link, and back by the button: from the back-forward cache if the browser has kept the page there.
import { withSocket } from "../lib/life.mjs";

/** A page that is kept has let go before, and comes back by itself (F131). The reference drops its requests at `pagehide`,
 * and hears of the end only when the heartbeat fails. */
export async function there_and_back(at) {
  await withSocket(at, {}, async ({ page, site, told, ask, joinAgain }) => {
    await page.evaluate(() => void (globalThis.isKept = true));
    await page.goto(`${site.url}/page/elsewhere.html`);
    await page.goBack();
    await page.waitForFunction("globalThis.join !== undefined");
    if (await page.evaluate(() => globalThis.isKept)) {
      await told("disconnect", ([reason]) => reason === "transport close");
      await told("connect");
    } else {
      // It begins anew, as after any load.
      await joinAgain();
    }
    await ask("back");
  });
}
there_and_back.clients = ["sockeye-client"];
