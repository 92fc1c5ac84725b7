// Tells stories in real browsers: node run.mjs. With a table at the end, and an exit code.
import { missing, openBrowser } from "./lib/browsers.mjs";
import { readOptions, USAGE } from "./lib/options.mjs";
import { openSite } from "./lib/site.mjs";
import { openStage } from "./lib/stage.mjs";
import { allStories, isToldHere, isWay } from "./lib/stories.mjs";
import { table } from "./lib/table.mjs";
import { allLives, isLivedHere } from "./lib/lives.mjs";
import { TRANSPORTS } from "./page/setting.js";
import { Stage } from "./page/stage.js";

const options = readOptions(process.argv.slice(2));
/** What differs is the place: in a worker, the way of most applications, and the one that is not everywhere. */
const IN_WORKERS = ["upgrade", "webtransport"];
/** In whose stories servers are down for a while. */
const REFUSING = ["disconnects.js", "outages.js", "recovery.js", "beyond.js", "webtransport.js"];
const isWanted = ({ file, name }) => !options.parts.length || options.parts.some((it) => `${file} ${name}`.includes(it));

if (options.help) process.stdout.write(USAGE);
else if (options.list) [...(await allStories()), ...(await allLives())].forEach(({ file, name }) => console.log(file, name));
else process.exitCode = await runAll();

async function runAll() {
  const absent = missing(options.browsers);
  if (absent.length) {
    console.error(`there is no ${absent.join(" and no ")} here: apt-get install ${absent.join(" ")}`);
    return 2;
  }
  const [stage, site] = await Promise.all([openStage(), openSite()]);
  try {
    const results = await Promise.all(options.browsers.map((it) => inBrowser(it, { stage, site })));
    return table(results.flat()) ? 0 : 1;
  } finally {
    site.close();
    stage.close();
  }
}

/** Everything that is to happen in one browser, one after the other. */
async function inBrowser(name, { stage, site }) {
  const browser = await openBrowser(name);
  console.log(browser.version);
  const results = [];
  try {
    for (const place of options.places) {
      if (place === "page") results.push(...(await lives(browser, { stage, site })));
      for (const way of place === "page" ? [] : options.ways.filter((it) => place === "window" || IN_WORKERS.includes(it))) {
        for (const server of options.servers.filter((it) => isWay(way, it))) {
          results.push(...(await tell(browser, { stage, site, place, way, server })));
        }
      }
    }
  } finally {
    await browser.close();
  }
  return results;
}

/** All stories in one place. */
async function tell(browser, { stage, site, place, way, server }) {
  const { client } = options;
  const own = new Stage(stage.url, { webtransport: way.startsWith("webtransport") });
  const url = way.startsWith("webtransport") ? (await own.server(server)).url : await own.shared(server);
  const where = [browser.name, place, server, way].join(" ");
  const stories = (await allStories()).filter((it) => isWanted(it) && isToldHere(it, { server, way, client }));
  const results = [];
  let page;
  for (const { file, name } of stories) {
    page ??= await openPage(browser, site);
    const wish = { client, file, name, place, way, server, url, stage: stage.url, certificate: stage.certificate };
    const told = await page.evaluate((it) => globalThis.tell(it), wish).catch((error) => ({ seconds: 0, problem: error.message }));
    results.push({ where, name, ...told });
    if (told.problem) console.log(`${where}: ${name} failed`);
    // What it left undone is not the next one's to bear; nor that Chromium makes a page wait, longer and longer, that has seen
    // handshakes of WebTransport fail.
    if (told.problem || (way.startsWith("webtransport") && REFUSING.includes(file))) {
      await page.close();
      page = undefined;
    }
  }
  await page?.close();
  await own.end();
  console.log(`${where}: ${results.filter((it) => !it.problem).length} of ${results.length}`);
  return results;
}

async function openPage(browser, site) {
  const page = await browser.newPage();
  await page.goto(`${site.url}/page/index.html`);
  await page.waitForFunction("globalThis.tell !== undefined");
  return page;
}

/** What a page goes through: each has pages of its own, and drives the browser. */
async function lives(browser, { stage, site }) {
  const results = [];
  const here = (await allLives()).filter((it) => isWanted(it) && isLivedHere(it, browser.name, options.client));
  // They begin when the connection has settled: an upgrade has led to a WebSocket by then.
  const ways = new Set(options.ways.map((it) => TRANSPORTS[it].at(-1)));
  for (const { name, live } of here) {
    for (const way of ways) {
      const where = `${browser.name} page Node484 ${way}`;
      const began = performance.now();
      const problem = await live({ browser, site, stage, way, client: options.client }).then(
        () => undefined,
        (error) => error.stack ?? `${error}`,
      );
      results.push({ where, name, problem, seconds: (performance.now() - began) / 1000 });
      console.log(`${where}: ${name} ${problem ? "failed" : "ok"}`);
    }
  }
  return results;
}
