// A page in Chromium with one client, and the clock of its main thread.

/** Opens it, connected to `url`. */
export async function openPage(browser, site, client, url) {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(`${site.url}/bench/index.html`);
  await page.waitForFunction("globalThis.prepare !== undefined");
  await page.evaluate((it) => globalThis.prepare(it), { client, url });

  /** Seconds that the main thread was at work. */
  async function worked() {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value;
  }
  return {
    session,
    /** `{ cpu, said }`: microseconds of the main thread for one of `number`, and what the work itself measured. */
    async measure({ work, kind, number }) {
      await session.send("HeapProfiler.collectGarbage");
      const before = await worked();
      const said = await page.evaluate((...it) => globalThis.work(...it), work, kind, number);
      return { cpu: ((await worked()) - before) * (1e6 / number), said };
    },
  };
}
