// The network goes and comes back, and the browser says so.
import { lost, withSocket } from "../lib/life.mjs";

/** Offline is a loss at once; online is an attempt at once, however long the delay would have been. */
export async function offline_and_online(at) {
  const never = { reconnectionDelay: 3_600_000, reconnectionDelayMax: 3_600_000 };
  await withSocket(at, { options: never }, async ({ page, told, ask }) => {
    const session = await page.createCDPSession();
    await session.send("Network.enable");
    const conditions = (offline) => ({ offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    const network = (offline) =>
      session.send("Network.emulateNetworkConditionsByRule", {
        matchedNetworkConditions: [{ urlPattern: "", ...conditions(offline) }],
      });
    const say = (offline) => session.send("Network.overrideNetworkState", conditions(offline));
    await network(true);
    await say(true);
    await told("disconnect", ([reason]) => lost(reason));
    // The network first: the attempt that the news causes is the only one for an hour.
    await network(false);
    await say(false);
    await told("connect");
    await ask("back");
  });
}
offline_and_online.browsers = ["chromium"];
offline_and_online.clients = ["sockeye-client"];
