// One page with one socket on a server of its own, and what its life is looked at with.
import { io } from "socket.io-client";

import { Stage } from "../page/stage.js";

export const lost = (reason) => ["transport close", "transport error", "ping timeout"].includes(reason);

/** Opens the page, joins, runs `live`, and closes everything. Times are milliseconds. */
export async function withSocket({ browser, site, stage, way, client }, { options, heartbeat }, live) {
  const own = new Stage(stage.url, { webtransport: way === "webtransport" });
  const server = await own.server("Node484", { heartbeat });
  const page = await browser.newPage();
  const { certificate } = stage;
  const wish = { client, certificate, url: server.url, options: { transports: [way], reconnectionDelay: 20, ...options } };
  const open = async (it) => {
    await it.goto(`${site.url}/page/life.html`);
    await it.waitForFunction("globalThis.join !== undefined");
  };
  const join = async (it) => {
    await it.evaluate((wish) => globalThis.join(wish), wish);
    await it.waitForFunction("told.some((it) => it.event === 'connect')", { timeout: DEADLINE });
  };
  const heard = (event) => page.evaluate((it) => told.filter((one) => one.event === it).map(({ args }) => args), event);
  try {
    await open(page);
    await join(page);
    // From here on what is told is new.
    await page.evaluate(() => void (told.length = 0));
    await live({
      page,
      site,
      browser,
      joinAgain: () => page.evaluate((it) => globalThis.join(it), wish),
      /** Another tab with a socket on the same server. */
      async another() {
        const tab = await browser.newPage();
        await open(tab);
        await join(tab);
        return tab;
      },
      server: { ...server, has: (sockets) => has(server, sockets) },
      /** Waits until an event was told, and looks at what came with it. */
      async told(event, isRight = () => true) {
        const has = (it) => globalThis.told?.some((one) => one.event === it);
        await page.waitForFunction(has, { timeout: DEADLINE, polling: 50 }, event);
        const [args] = await heard(event);
        if (!isRight(args)) throw new Error(`${event} came with ${JSON.stringify(args)}`);
      },
      async silent(event) {
        const all = await heard(event);
        if (all.length) throw new Error(`${event} was told: ${JSON.stringify(all)}`);
      },
      async ask(text) {
        const answer = await page.evaluate((it) => globalThis.ask(it), text);
        if (answer !== text) throw new Error(`the echo of ${text} is ${answer}`);
      },
    });
  } finally {
    await page.close();
    await own.end();
  }
}

/** Waits until the server has so many sockets: another client asks it. */
async function has({ url }, wanted) {
  const admin = io(`${url}/admin`, { forceNew: true, transports: ["websocket"] });
  try {
    const end = Date.now() + DEADLINE;
    for (;;) {
      const sockets = await admin.timeout(DEADLINE).emitWithAck("count");
      if (sockets === wanted) return;
      if (Date.now() > end) throw new Error(`the server has ${sockets} sockets and not ${wanted}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    admin.disconnect();
  }
}

const DEADLINE = 20_000;
