// What the runner calls: stories are told here, or in a worker of this page.
import { tell } from "./tell.js";

const wishes = new Map();
let last = 0;
let worker;

function tellInWorker(wish) {
  if (!worker) {
    worker = new Worker("/page/worker.js", { type: "module" });
    worker.onmessage = ({ data: { number, told } }) => wishes.get(number)(told);
  }
  return new Promise((resolve) => {
    wishes.set(++last, resolve);
    worker.postMessage({ number: last, wish });
  });
}

globalThis.tell = (wish) => (wish.place === "worker" ? tellInWorker(wish) : tell(wish));
