// Runs the cases on the published socket.io-client and on ours and compares what the application saw and what the
// server received. `node run.mjs --help`; README.md says how a case is made.

import { loadCases } from "./cases/index.mjs";
import { compare, diff, equal, GOOD } from "./host/compare.mjs";
import { readOptions, USAGE, UsageError } from "./host/options.mjs";
import { countLine, readTranscripts, recordOf, staleCases, writeResults } from "./host/report.mjs";
import { runCase } from "./host/run_case.mjs";
import { openChromium, openNode } from "./host/worlds.mjs";

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(USAGE);
  else process.exitCode = await main(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function main(options) {
  const begun = performance.now();
  const tests = (await loadCases()).filter((test) => isWanted(test, options.only));
  if (tests.length === 0) throw new UsageError(`no case has ${options.only} in its name, its file or its rows`);
  const results = tests.map((test) => ({ test, outcomes: {} }));
  const kept = readTranscripts();

  for (const where of options.wheres) {
    const world = await (where === "node" ? openNode : openChromium)(options.files);
    try {
      await inParallel(results, options.jobs, (result) => runOne(result, world, options, kept));
    } finally {
      await world.close();
    }
    console.log(`${where}: ${countLine(results, where)}`);
  }
  console.log(`${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return judge(results, options, kept);
}

function isWanted(test, only) {
  return !only || test.name.includes(only) || test.file.includes(only) || test.rows.includes(only);
}

// As many at a time as told; the order of the results stays that of the cases.
async function inParallel(items, jobs, action) {
  const rest = [...items];
  const work = async () => {
    while (rest.length) await action(rest.shift());
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

async function runOne({ test, outcomes }, world, options, kept) {
  const { where } = world;
  if (test.where && test.where !== where) return;
  const outcome = { reference: null, ours: null };
  const lines = [];
  const known = recordOf(kept, test, where);
  for (const client of options.clients) {
    const recorded = known?.[client] ?? known?.reference ?? { seen: [], wire: [] };
    outcome[client] = await runCase(world, client, test, recorded);
    // The reference has races of its own, which are not ours to mend: what it was seen to do, it has to do again.
    const isRecorded = client === "reference" && known && !options.write;
    for (let left = 2; left && isRecorded && !equal(outcome[client], recorded); left--) {
      lines.push("the reference did something else than results/transcripts.json says:", ...diff(recorded, outcome[client]));
      outcome[client] = await runCase(world, client, test, recorded);
    }
    for (let run = 1; run < options.repeat; run++) {
      const again = await runCase(world, client, test, recorded);
      if (equal(outcome[client], again) && !again.failure) continue;
      lines.push(`${client}: run ${run + 1} is not like the first`, ...diff(outcome[client], again));
      outcome[client].failure ??= again.failure ?? "it is not the same each time";
    }
  }
  const compared = compare(test, where, outcome.reference, outcome.ours);
  outcomes[where] = { ...outcome, verdict: compared.verdict };
  if (options.print) lines.push(...printed(outcome));
  lines.push(...compared.lines);
  if (lines.length) console.log([`${where} ${test.name} (${test.rows.join(" ")}): ${compared.verdict}`, ...lines].join("\n"));
}

function printed(outcome) {
  return Object.entries(outcome).flatMap(([client, result]) =>
    result ? [client, ...result.seen.map((line) => `    ${line}`), "  wire", ...result.wire.map((line) => `    ${line}`)] : [],
  );
}

function judge(results, options, kept) {
  const bad = results.filter(({ outcomes }) => Object.values(outcomes).some(({ verdict }) => !GOOD.includes(verdict)));
  if (options.write) {
    writeResults(results);
  } else {
    const stale = options.clients.includes("reference") ? staleCases(results, kept) : [];
    for (const { name, lines } of stale) {
      console.log([`the reference is not what results/transcripts.json says: ${name}`, ...lines].join("\n"));
    }
    if (stale.length) {
      console.log("run with --write and look at what changed");
      return 1;
    }
  }
  return bad.length ? 1 : 0;
}
