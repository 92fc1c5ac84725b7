// What is measured, and how often in a round.

const SIZES = { "100 B": 4_000, "1 KB": 3_000, "16 KB": 400, "64 KB binary": 200 };
const BARE = { "26 B": 20_000, "1 KB": 8_000, "100 KB": 150 };

/** `[{ work, kind, number }]`. */
export const PLAN = [
  ...["in", "out", "echo"].flatMap((work) => each(work, SIZES)),
  ...each("there_and_back", { "100 B": 300, "1 KB": 300, "16 KB": 150, "64 KB binary": 100 }),
  ...each("parse", BARE),
  ...each("write", BARE),
];

function each(work, sizes) {
  return Object.entries(sizes).map(([kind, number]) => ({ work, kind, number }));
}
