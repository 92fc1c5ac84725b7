// What becomes of a case: ours against the reference, line by line.

/**
 * @param reference, ours one transcript each, as `runCase` returns them; null for a client that did not run
 * @returns `{ verdict, lines }`: one of `VERDICTS`, and what to print about it
 */
export function compare(test, where, reference, ours) {
  for (const [client, result] of Object.entries({ reference, ours })) {
    if (result?.failure) return { verdict: "failed", lines: [`${client}: ${result.failure}`, ...diff(reference, ours)] };
  }
  if (!reference || !ours) return { verdict: "alone", lines: [] };
  const declared = test.fixes ?? test.lacks;
  const wanted = declared ? wantedOf(declared, where, reference) : reference;
  if (!equal(wanted, ours)) {
    if (!equal(reference, ours)) return { verdict: "different", lines: diff(wanted, ours) };
    return { verdict: "undeclared", lines: ["as the reference, though the case declares a difference"] };
  }
  // What is declared may be a matter of the other world only.
  return { verdict: equal(wanted, reference) ? "same" : test.fixes ? "fixed" : "lacking", lines: [] };
}

export const VERDICTS = ["same", "fixed", "lacking", "undeclared", "different", "failed", "alone"];

/** Verdicts after which a run is a success. */
export const GOOD = ["same", "fixed", "lacking", "alone"];

/**
 * What ours is to show where it differs: lines, lines for each world, or a function from the reference's lines; the
 * reference's own lines where the case says nothing.
 */
function wantedOf(declared, where, reference) {
  const of = (part) => {
    const lines = declared[part];
    if (typeof lines === "function") return lines(reference[part]);
    return (Array.isArray(lines) ? lines : lines?.[where]) ?? reference[part];
  };
  return { seen: of("seen"), wire: of("wire") };
}

export function equal(one, other) {
  return same(one.seen, other.seen) && same(one.wire, other.wire);
}

function same(one, other) {
  return one.length === other.length && one.every((line, at) => line === other[at]);
}

/** `-` is wanted and missing, `+` is there and not wanted. */
export function diff(wanted, got) {
  if (!wanted || !got) return [];
  return ["seen", "wire"].flatMap((part) => (same(wanted[part], got[part]) ? [] : [part, ...diffLines(wanted[part], got[part])]));
}

// The longest common subsequence: transcripts are short.
function diffLines(wanted, got) {
  const common = wanted.map(() => got.map(() => 0));
  const at = (i, j) => common[i]?.[j] ?? 0;
  for (let i = wanted.length - 1; i >= 0; i--) {
    for (let j = got.length - 1; j >= 0; j--) {
      common[i][j] = wanted[i] === got[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < wanted.length || j < got.length) {
    if (i < wanted.length && j < got.length && wanted[i] === got[j]) {
      lines.push(`    ${wanted[i++]}`);
      j++;
    } else if (j >= got.length || (i < wanted.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`  - ${wanted[i++]}`);
    } else {
      lines.push(`  + ${got[j++]}`);
    }
  }
  return lines;
}
