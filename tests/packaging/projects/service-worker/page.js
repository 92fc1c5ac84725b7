import { server } from "./round-trip.js";

async function ask() {
  await navigator.serviceWorker.register("./worker.js");
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  active.postMessage(server(), [port2]);
  return answer;
}
globalThis.result = ask();
