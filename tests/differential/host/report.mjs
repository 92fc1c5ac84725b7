// The results as files: a table to read and the transcripts to compare with.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { diff, equal } from "./compare.mjs";
import { FOLDER } from "./files.mjs";

const TABLE = path.join(FOLDER, "results/table.md");
const TRANSCRIPTS = path.join(FOLDER, "results/transcripts.json");

/** @param results `[{ test, outcomes: { node: { verdict, reference, ours }, chromium: … } }]` */
export function writeResults(results) {
  writeFileSync(TABLE, tableOf(results));
  const transcripts = results.map(({ test, outcomes }) => [test.name, transcriptsOf(outcomes)]);
  writeFileSync(TRANSCRIPTS, `${JSON.stringify(Object.fromEntries(transcripts), null, 1)}\n`);
}

/** What is committed, for `recordOf`. */
export function readTranscripts() {
  return existsSync(TRANSCRIPTS) ? JSON.parse(readFileSync(TRANSCRIPTS, "utf8")) : {};
}

/** What is committed of one case in one world: `{ reference, ours }`, the latter only where it differs. */
export function recordOf(kept, test, where) {
  return kept[test.name]?.[where] ?? kept[test.name]?.node;
}

/** Cases of which the reference is not what is committed: then the case was changed and the results were not. */
export function staleCases(results, kept) {
  return results.flatMap(({ test, outcomes }) =>
    Object.entries(outcomes).flatMap(([where, { reference }]) => {
      const known = recordOf(kept, test, where)?.reference ?? { seen: [], wire: [] };
      if (!reference || reference.failure || equal(known, reference)) return [];
      return [{ name: `${where} ${test.name}`, lines: diff(known, reference) }];
    }),
  );
}

export function tableOf(results) {
  const wheres = ["node", "chromium"];
  const rows = results.map(({ test, outcomes }) => {
    const cells = wheres.map((where) => verdictCell(test, outcomes[where]));
    return `| ${test.file.replace(".mjs", "")} | ${test.name} | ${test.rows.join(" ")} | ${cells.join(" | ")} |`;
  });
  return [
    "# socket.io-client 4.8.4 and sockeye-client: the same script, transcript against transcript",
    "",
    ...wheres.map((where) => `${where === "node" ? "Node" : "Chromium"}: ${countLine(results, where)}`),
    "",
    "| theme | case | rows | Node | Chromium |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

export function countLine(results, where) {
  const counts = {};
  for (const { outcomes } of results) {
    const verdict = outcomes[where]?.verdict;
    if (verdict) counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${total} cases: ${Object.entries(counts).map(([verdict, count]) => `${count} ${WORDS[verdict]}`).join(", ")}`;
}

const WORDS = {
  same: "the same",
  fixed: "better by a named row",
  lacking: "lacking by declaration",
  undeclared: "the same though declared different",
  different: "different",
  failed: "not done",
  alone: "one client only",
};

function verdictCell(test, outcome) {
  if (!outcome) return "";
  if (outcome.verdict === "fixed") return `fixed by ${test.fixes.row}`;
  return outcome.verdict === "lacking" ? `lacking: ${test.lacks.why}` : outcome.verdict;
}

// Chromium's are left out where they are like Node's.
function transcriptsOf(outcomes) {
  const kept = {};
  for (const [where, { reference, ours }] of Object.entries(outcomes)) {
    kept[where] = { reference: partsOf(reference) };
    if (ours && !equal(reference, ours)) kept[where].ours = partsOf(ours);
  }
  if (isDeepStrictEqual(kept.node, kept.chromium)) delete kept.chromium;
  return kept;
}

function partsOf({ seen, wire }) {
  return { seen, wire };
}
