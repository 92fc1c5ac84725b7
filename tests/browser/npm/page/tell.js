// Tells one story, in a window or in a worker.
import { within } from "./deadline.js";
import { Setting } from "./setting.js";

const STORY = 60_000;
/** What browsers call it: Chromium, and Firefox. */
const PIPE = /^The session is closed\.$|^WebTransport/;
const thrown = [];
globalThis.addEventListener("error", (event) => thrown.push(event.message));
globalThis.addEventListener("unhandledrejection", (event) => thrown.push(String(event.reason?.message ?? event.reason)));

/** Ends with `{ seconds }`, or with `{ seconds, problem }`. */
export async function tell({ client, file, name, ...where }) {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  try {
    const setting = new Setting({ ...where, client: await import(`/client/${client}.js`) });
    setting.isSockeye = client === "sockeye-client";
    // What listeners throw on purpose is taken out by the story; what is left is a fault.
    setting.thrown = thrown;
    const { [name]: story } = await import(`/stories/${file}`);
    try {
      await within(`end of ${name}`, story(setting), STORY);
    } finally {
      await setting.end();
    }
    // The reference lets go of the pipe into a session, and never hears that the session was closed.
    const isItsPipe = (it) => client === "socket.io-client" && where.way.startsWith("webtransport") && PIPE.test(it);
    thrown.splice(0, Infinity, ...thrown.filter((it) => !isItsPipe(it)));
    if (thrown.length) throw new Error(`uncaught: ${thrown.splice(0).join("; ")}`);
    return { seconds: seconds() };
  } catch (error) {
    thrown.length = 0;
    return { seconds: seconds(), problem: error?.stack?.includes(error.message) ? error.stack : `${error?.message ?? error}` };
  }
}
