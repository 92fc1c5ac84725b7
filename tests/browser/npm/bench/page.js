// What is measured, for one client in one page. The runner reads the thread's clock before and after.
import { HOST, lastBare } from "./bare.js";
import { payload } from "./payloads.js";

const options = { transports: ["websocket"], forceNew: true };
let real;
let bare;
let wire;

globalThis.prepare = async ({ client, url }) => {
  const { io } = await import(`/client/${client}.js`);
  const connected = (socket) => new Promise((resolve) => socket.on("connect", () => resolve(socket)));
  real = await connected(io(url, options));
  bare = await connected(io(`http://${HOST}`, options));
  wire = lastBare();
};

/** Each does something `number` times and resolves when all of it is done. */
const WORK = {
  async out(kind, number) {
    const it = payload(kind);
    for (let sent = 0; sent < number; sent++) {
      real.emit("sink", it);
      // As fast as the network takes it, and no faster.
      if (sent % 100 === 99) await new Promise((resolve) => setTimeout(resolve));
    }
    const counted = await real.emitWithAck("counted");
    if (counted !== number) throw new Error(`the server has ${counted} of ${number}`);
  },
  in(kind, number) {
    return new Promise((resolve) => {
      let came = 0;
      const hear = () => {
        if (++came < number) return;
        real.off("event", hear);
        resolve();
      };
      real.on("event", hear);
      real.emit("source", kind, number);
    });
  },
  /** So many under way at once. */
  echo(kind, number, atOnce = 20) {
    const it = payload(kind);
    return new Promise((resolve) => {
      let came = 0;
      let sent = 0;
      const send = () => {
        if (sent++ < number) real.emit("echo", it);
      };
      const hear = () => {
        if (++came === number) {
          real.off("echo", hear);
          resolve();
        } else send();
      };
      real.on("echo", hear);
      for (let first = 0; first < atOnce; first++) send();
    });
  },
  /** One after the other; milliseconds, the median. */
  async there_and_back(kind, number) {
    const times = [];
    for (let round = 0; round < number; round++) {
      const began = performance.now();
      await WORK.echo(kind, 1, 1);
      times.push(performance.now() - began);
    }
    return times.sort((one, other) => one - other)[number >> 1];
  },
  /** From a frame to its listener: what parsing costs, and what is around it. */
  async parse(kind, number) {
    const frame = `42${JSON.stringify(["event", payload(kind)])}`;
    let came = 0;
    const hear = () => void (came += 1);
    bare.on("event", hear);
    for (let sent = 0; sent < number; sent++) {
      wire.hear(frame);
      // A frame is a task of its own in a browser, so what follows it in microtasks is done before the next.
      await null;
      await null;
    }
    await new Promise((resolve) => setTimeout(resolve));
    bare.off("event", hear);
    if (came !== number) throw new Error(`${came} of ${number} were heard`);
  },
  /** From the call to the frame. */
  async write(kind, number) {
    const it = payload(kind);
    const before = wire.sent;
    for (let sent = 0; sent < number; sent++) {
      bare.emit("event", it);
      await null;
      await null;
    }
    await new Promise((resolve) => setTimeout(resolve));
    if (wire.sent - before !== number) throw new Error(`${wire.sent - before} of ${number} were written`);
  },
};

globalThis.work = (name, kind, number) => WORK[name](kind, number);
