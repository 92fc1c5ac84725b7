// Tells one story, in a window or in a worker.
import { within } from "./deadline.js";
import { Setting } from "./setting.js";

const STORY = 60_000;
const thrown = [];
let isLoose = false;
globalThis.addEventListener("error", (event) => thrown.push(event.message));
globalThis.addEventListener("unhandledrejection", ({ reason }) => {
  if (!(isLoose && reason instanceof DOMException)) thrown.push(String(reason?.message ?? reason));
});

/** Ends with `{ seconds }`, or with `{ seconds, problem }`. */
export async function tell({ client, file, name, ...where }) {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  try {
    const setting = new Setting({ ...where, client: await import(`/client/${client}.js`) });
    setting.isSockeye = client === "sockeye-client";
    // The reference lets go of a session's promises, and of the pipe into its stream: nobody hears how they end.
    isLoose = !setting.isSockeye && where.way.startsWith("webtransport");
    // What listeners throw on purpose is taken out by the story; what is left is a fault.
    setting.thrown = thrown;
    const { [name]: story } = await import(`/stories/${file}`);
    try {
      await within(`end of ${name}`, story(setting), STORY);
    } finally {
      await setting.end();
    }
    if (thrown.length) throw new Error(`uncaught: ${thrown.splice(0).join("; ")}`);
    return { seconds: seconds() };
  } catch (error) {
    thrown.length = 0;
    return { seconds: seconds(), problem: error?.stack?.includes(error.message) ? error.stack : `${error?.message ?? error}` };
  }
}
