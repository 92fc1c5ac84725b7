// Where a client runs: Node or Chromium. A world runs a job, hands the case's calls to the host, and isolates: a client
// has state of its module (managers, what it remembers of upgrades), and a case must not see another one's.

import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import puppeteer from "puppeteer-core";
import { CHROMIUM_OF_MANY } from "../../browser/launch.mjs";
import { bundleReference, clientAddress, serveFiles } from "./files.mjs";
import { Listener } from "./listener.mjs";

export function openNode({ node }) {
  return {
    where: "node",
    onFile: (_request, response) => response.writeHead(404).end(),
    crossOrigin: "http://127.0.0.1:1",
    run: (job, client, call) => runInWorker(job, pathToFileURL(node[client]).href, call),
    close: async () => {},
  };
}

function runInWorker(job, client, call) {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("../client/node_worker.mjs", import.meta.url), { workerData: { job, client } });
    // The worker has a deadline of its own: this one is for a worker that spins.
    const timer = setTimeout(() => done({ lines: [], failure: "the worker did not answer" }), job.deadline + 5000);
    const done = (result) => {
      clearTimeout(timer);
      resolve({ result, dispose: () => worker.terminate() });
    };
    worker.on("error", (error) => done({ lines: [], failure: String(error.stack) }));
    worker.on("message", async (message) => {
      if (message.result) return done(message.result);
      const { id, method, args } = message.call;
      try {
        worker.postMessage({ id, result: await call(method, args) });
      } catch (error) {
        worker.postMessage({ id, error: error.message });
      }
      return undefined;
    });
  });
}

export async function openChromium({ browser: clients }) {
  const profile = mkdtempSync(path.join(os.tmpdir(), "differential-"));
  const browser = await puppeteer.launch({ ...CHROMIUM_OF_MANY, userDataDir: profile });
  const files = { ...clients, reference: await bundleReference(clients.reference, profile) };
  const onFile = serveFiles(files);
  const other = new Listener(onFile);
  await other.start();
  return {
    where: "chromium",
    onFile,
    crossOrigin: other.url,
    run: (job, client, call) => runInPage(browser, job, clientAddress(client, files[client]), call),
    async close() {
      await browser.close();
      await other.stop();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function runInPage(browser, job, client, call) {
  // Cookies and what else a browser remembers are of one case.
  const context = await browser.createBrowserContext();
  const dispose = () => context.close();
  try {
    const page = await context.newPage();
    await page.exposeFunction("callHost", (json) => answerPage(page, json, call));
    await page.goto(`${job.origin}/differential/page.html`);
    const run = (given, address) => import("/differential/client/page.mjs").then((module) => module.run(given, address));
    return { result: await page.evaluate(run, job, client), dispose };
  } catch (error) {
    return { result: { lines: [], failure: String(error.stack) }, dispose };
  }
}

async function answerPage(page, json, call) {
  const { method, args } = JSON.parse(json);
  try {
    return JSON.stringify({ result: await (BROWSER_METHODS[method]?.(page, ...args) ?? call(method, args)) });
  } catch (error) {
    return JSON.stringify({ error: error.message });
  }
}

// What a case can ask of the browser, beside what it can ask of its server.
const BROWSER_METHODS = {
  offline: async (page, isOffline) => void (await page.setOfflineMode(isOffline)),
};
