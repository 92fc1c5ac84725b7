// The table of what was measured.
import { cpus, loadavg } from "node:os";

const NAMES = {
  in: "in",
  out: "out",
  echo: "echo",
  there_and_back: "round trip",
  parse: "parse: frame to listener, no network",
  write: "write: emit to frame, no network",
};

/** Markdown. Microseconds of the main thread for each message; for a round trip also milliseconds of the clock. */
export function report(measured, about) {
  const lines = measured.map(({ work, kind, ours, theirs }) => {
    const cells = [NAMES[work], kind, ...compared(ours, theirs, ({ cpu }) => cpu)];
    cells.push(...(work === "there_and_back" ? compared(ours, theirs, ({ said }) => said * 1000) : ["", "", ""]));
    return `| ${cells.join(" | ")} |`;
  });
  const head = [
    "| | | ours, CPU µs | published, CPU µs | ratio | ours, µs | published, µs | ratio |",
    "|---|---|---:|---:|---:|---:|---:|---:|",
  ];
  const table = [...head, ...lines].join("\n");
  return about ? `${preface(about)}\n\n${table}` : table;
}

function preface({ browser, rounds }) {
  const load = loadavg()[0].toFixed(1);
  return [
    "# Speed in Chromium",
    "",
    `\`node bench/run.mjs --keep\`: ${browser}, ${cpus().length} × ${cpus()[0].model}, load ${load}; medians of ${rounds} rounds,`,
    "ours and socket.io-client 4.8.4 in turn, each in a page of its own, on one official server over WebSocket. CPU is what the",
    "page's main thread worked (thread ticks), all of it: the browser's own share of a message is in both.",
  ].join("\n");
}

function compared(ours, theirs, of) {
  const [one, other] = [ours, theirs].map((it) => median(it.map(of)));
  // Of each pair, then the median: a slow moment of the machine hits both.
  const ratio = median(ours.map((it, at) => of(it) / of(theirs[at])));
  return [one.toFixed(1), other.toFixed(1), ratio.toFixed(2)];
}

const median = (all) => [...all].sort((one, other) => one - other)[all.length >> 1];
