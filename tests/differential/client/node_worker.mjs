// A Node worker is the world of one case: its modules and globals are its own and end with it.

import { parentPort, workerData } from "node:worker_threads";
import { runInWorld } from "./session.mjs";

const calls = new Map();
parentPort.on("message", ({ id, result, error }) => {
  const { resolve, reject } = calls.get(id);
  calls.delete(id);
  if (error) reject(new Error(error));
  else resolve(result);
});

const result = await runInWorld(workerData.job, {
  load: () => import(workerData.client),
  call: (method, args) =>
    new Promise((resolve, reject) => {
      const id = calls.size ? Math.max(...calls.keys()) + 1 : 1;
      calls.set(id, { resolve, reject });
      parentPort.postMessage({ call: { id, method, args } });
    }),
  onUncaught(listener) {
    process.on("uncaughtException", listener);
    process.on("unhandledRejection", listener);
  },
});
parentPort.postMessage({ result });
