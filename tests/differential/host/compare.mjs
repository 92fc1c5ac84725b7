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
  if (!test.fixes) {
    return equal(reference, ours) ? { verdict: "same", lines: [] } : { verdict: "different", lines: diff(reference, ours) };
  }
  const wanted = wantedOf(test.fixes, where, reference);
  if (equal(wanted, ours)) return { verdict: "fixed", lines: [] };
  if (equal(reference, ours)) return { verdict: "not fixed", lines: [`as the reference, though ${test.fixes.row} is to be fixed`] };
  return { verdict: "different", lines: diff(wanted, ours) };
}

export const VERDICTS = ["same", "fixed", "not fixed", "different", "failed", "alone"];

/** Verdicts after which a run is a success. */
export const GOOD = ["same", "fixed", "alone"];

/** What ours is to show where it is better: the reference's own lines where the case says nothing else. */
function wantedOf(fixes, where, reference) {
  const of = (lines) => (Array.isArray(lines) ? lines : lines?.[where]);
  return { seen: of(fixes.seen) ?? reference.seen, wire: of(fixes.wire) ?? reference.wire };
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
