// socket.io-client on Node, WebSocket only. The same command line, cases and report as the Rust clients
// (common/src/drive.rs); the payloads are those of common/src/payload.rs.

import { readFileSync } from "node:fs";
import { setTimeout as sleep, setImmediate as yieldToIo } from "node:timers/promises";
import { parseArgs } from "node:util";
import { io } from "socket.io-client";

const NAME = "socket.io-client";
const WARM_UP = 20;
const IDLE_WARM_UP = 100;
const WAVE = 50;
const TEXTS = 1024;
const BATCHES = 16;
const BATCH_LEN = 16 * 1024;
// Events written before the event loop gets its turn; without it all of them wait in memory.
const BURST = 1024;

const { values } = parseArgs({
  options: { url: { type: "string" }, case: { type: "string" }, count: { type: "string" } },
});
const count = Number(values.count);

function text(n) {
  return `${String(n % TEXTS).padStart(4, "0")} the quick brown fox jumps over the lazy dog, and then again`;
}

function batch(n) {
  const items = [];
  let length = 2;
  for (let id = 1_000_000 + (n % BATCHES) * 1000; ; id++) {
    const item = {
      id,
      symbol: `SYM-${String(id % 99_991).padStart(5, "0")}`,
      venue: `venue number ${String(id % 997).padStart(3, "0")}`,
      price: (id % 40_000) * 0.25 + 0.25,
      size: id % 7919,
      live: id % 3 === 0,
    };
    // serde_json writes a whole float as `1.0`.
    length += JSON.stringify(item).length + (Number.isInteger(item.price) ? 2 : 0) + 1;
    if (length > BATCH_LEN) return items;
    items.push(item);
  }
}

const textSum = (value) => value.length + value.charCodeAt(3);

function batchSum(items) {
  let sum = 0;
  for (const item of items) sum += item.size + item.symbol.length + (item.live ? 1 : 0);
  return sum;
}

function expected(sums, count) {
  let sum = 0;
  for (let n = 0; n < count; n++) sum += sums[n % sums.length];
  return sum;
}

function connect() {
  const socket = io(values.url, { transports: ["websocket"], forceNew: true });
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(socket));
    socket.once("connect_error", reject);
  });
}

// Adds up `add(argument)` over `count` events of that name.
function receive(socket, event, count, add) {
  return new Promise((resolve) => {
    let left = count;
    let sum = 0;
    socket.on(event, (argument) => {
      sum += add(argument);
      if (--left === 0) {
        socket.off(event);
        resolve(sum);
      }
    });
  });
}

const texts = Array.from({ length: TEXTS }, (_, n) => text(n));

const cases = {
  in: {
    expected: (count) => expected(texts.map(textSum), count),
    run(socket, count) {
      const sum = receive(socket, "tick", count, textSum);
      socket.emit("run", "in", count);
      return sum;
    },
  },
  in16k: {
    expected: (count) => expected(Array.from({ length: BATCHES }, (_, n) => batchSum(batch(n))), count),
    run(socket, count) {
      const sum = receive(socket, "batch", count, batchSum);
      socket.emit("run", "in16k", count);
      return sum;
    },
  },
  out: {
    expected: (count) => count,
    async run(socket, count) {
      const done = receive(socket, "done", 1, Number);
      socket.emit("run", "out", count);
      for (let n = 0; n < count; n++) {
        socket.emit("msg", texts[n % TEXTS]);
        if (n % BURST === BURST - 1) await yieldToIo();
      }
      return done;
    },
  },
  pingpong: {
    expected: (count) => expected(texts.map(textSum), count),
    // A callback and not `emitWithAck`: the cheaper of the two.
    run(socket, count) {
      return new Promise((resolve) => {
        let n = 0;
        let sum = 0;
        const next = () => {
          socket.emit("ping", texts[n % TEXTS], (echo) => {
            sum += textSum(echo);
            if (++n === count) resolve(sum);
            else next();
          });
        };
        next();
      });
    },
  },
};

async function messages({ run, expected }) {
  const socket = await connect();
  const once = async (count) => {
    const wanted = expected(count);
    const usage = process.resourceUsage();
    const start = process.hrtime.bigint();
    const sum = await run(socket, count);
    const after = process.resourceUsage();
    const wall = process.hrtime.bigint() - start;
    if (sum !== wanted) throw new Error(`expected a sum of ${wanted}, got ${sum}`);
    return {
      user_us: after.userCPUTime - usage.userCPUTime,
      sys_us: after.systemCPUTime - usage.systemCPUTime,
      wall_us: Number(wall / 1000n),
    };
  };
  await once(Math.max(1, Math.floor(count / WARM_UP)));
  return once(count);
}

function residentKib() {
  globalThis.gc();
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
}

async function idle() {
  const sockets = [];
  const open = async (count) => {
    for (let first = 0; first < count; first += WAVE) {
      const wave = Array.from({ length: Math.min(WAVE, count - first) }, connect);
      sockets.push(...(await Promise.all(wave)));
    }
    await sleep(500);
  };
  await open(IDLE_WARM_UP);
  const rss_before_kib = residentKib();
  await open(count);
  return { rss_before_kib, rss_after_kib: residentKib() };
}

const report = values.case === "idle" ? await idle() : await messages(cases[values.case]);
console.log(JSON.stringify({ client: NAME, case: values.case, count, ...report }));
process.exit(0);
