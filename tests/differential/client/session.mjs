// One case in one client's world, which is a Node worker or a page. `runInWorld` is all that both have in common.

import { Transcript } from "../shared/transcript.mjs";
import { normaliser } from "../shared/normalise.mjs";
import { installClock } from "./clock.mjs";
import { show, showAll } from "./show.mjs";
import { watchEngine, watchManager, watchSocket } from "./watch.mjs";

// The fast clock is for the client.
const { setTimeout, clearTimeout } = globalThis;

/**
 * @param job what to run: `{ file, name, url, ports, where, deadline, origin, recorded }`
 * @param world what the world gives: `load()` the client, `call(method, args)` the host, `onUncaught(listener)`
 * @returns `{ lines, failure }`
 */
export async function runInWorld(job, world) {
  const test = (await import(`../cases/${job.file}`)).default.find(({ name }) => name === job.name);
  const transcript = new Transcript(normaliser(job.ports));
  const late = deadline(job.deadline, transcript);
  const asked = test.clock ? installClock(test.clock) : [];
  // When the platform tells of an exception that nobody caught differs from run to run: these lines stand at the end.
  world.onUncaught((error) => transcript.add(`uncaught ${show(error)}`, 1));

  const client = await world.load();
  const kit = makeKit(job, test, client, transcript, world.call);
  let failure = null;
  try {
    await Promise.race([test.run({ ...kit, asked }), late.expired]);
    // A page tells of an uncaught exception in its own time, and that may be after the case's last step.
    await Promise.race([transcript.until("", job.recorded), elapsed(PATIENCE)]);
  } catch (error) {
    failure = String(error?.stack ?? error);
  }
  late.clear();
  return { lines: transcript.close(), failure };
}

// It is waited in full only for a client that is told less than it was: then the case differs, and that is told.
const PATIENCE = 1_000;

function elapsed(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function deadline(ms, transcript) {
  let timer;
  const expired = new Promise((_, reject) => {
    timer = setTimeout(() => reject(`not done in ${ms} ms, waiting for: ${transcript.pending().join(", ")}`), ms);
  });
  return { expired, clear: () => clearTimeout(timer) };
}

function makeKit(job, test, client, transcript, call) {
  const log = (line) => transcript.add(line);
  const kit = {
    client,
    io: client.io,
    Manager: client.Manager,
    Socket: client.Socket,
    url: job.url,
    port: new URL(job.url).port,
    where: job.where,
    origin: job.origin,
    log,
    show,
    until: (pattern, count) => transcript.until(pattern, count),
    count: (pattern) => transcript.count(pattern),

    /** Every method is a call to the case's server; those that begin with `browser.` are to the browser. */
    server: new Proxy({}, { get: (_, method) => (...args) => call(method, args) }),

    /** Logs what a call returns or throws. */
    attempt(label, action) {
      try {
        const result = action();
        log(`${label} returns ${show(result)}`);
        return result;
      } catch (error) {
        log(`${label} throws ${show(error)}`);
        return undefined;
      }
    },

    /** A function that logs its arguments, to be a listener or an acknowledgement. */
    note: (label) => (...args) => log(`${label} ${showAll(args)}`),

    watch: (socket, name = "socket", events = []) => watchSocket(log, socket, name, events),
    watchManager: (manager, name = "manager") => watchManager(log, manager, name),
    watchEngine: (engine, name = "engine", events = undefined) => watchEngine(log, engine, name, events),

    /** What most cases begin with: a socket of its own Manager that is watched, and tells of every event in `events`. */
    connect(options = {}, { nsp = "", name = "socket", events = [] } = {}) {
      const socket = client.io(`${job.url}${nsp}`, { ...kit.options, ...options });
      return watchSocket(log, socket, name, events);
    },

    /** A transport by class that can never be opened. */
    failing: class extends (client.XHR ?? client.Fetch) {
      doOpen() {
        queueMicrotask(() => this.onError("made up", new Error("why")));
      }
    },

    /** Short and exact delays, and the case's transports. */
    options: {
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 40,
      randomizationFactor: 0,
      transports: job.transports,
    },
  };
  return kit;
}
