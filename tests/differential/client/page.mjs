// A page of Chromium is the world of one case.

import { runInWorld } from "./session.mjs";

/** @param client the client's address on this page's server */
export function run(job, client) {
  return runInWorld(job, {
    load: () => import(client),
    call: async (method, args) => {
      const { result, error } = JSON.parse(await globalThis.callHost(JSON.stringify({ method, args })));
      if (error) throw new Error(error);
      return result;
    },
    onUncaught(listener) {
      addEventListener("error", (event) => listener(event.error ?? new Error(event.message)));
      addEventListener("unhandledrejection", (event) => listener(event.reason));
    },
  });
}
