// Values by chance, the same for the same seed: SEED=17 npm test

export const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Mulberry32: numbers from 0 to 1. */
export function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let it = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it;
    return ((it ^ (it >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Any value that msgpack has and that compares by its contents. */
export function anything(random, depth = 0) {
  const below = (limit) => Math.floor(random() * limit);
  const many = (make) => Array.from({ length: below(random() < 0.1 ? 40 : 5) }, make);
  const kinds = depth > 4 ? 9 : 11;
  switch (below(kinds)) {
    case 0:
      return null;
    case 1:
      return random() < 0.5;
    case 2:
      return below(2 ** below(33)) * (random() < 0.5 ? -1 : 1) || 0;
    case 3:
      return Math.floor((random() * 2 - 1) * Number.MAX_SAFE_INTEGER);
    case 4:
      return (random() - 0.5) * 10 ** -below(300);
    case 5:
      return text(random, below(random() < 0.1 ? 70_000 : 40));
    case 6:
      return new Date(below(2 ** 42) - 2 ** 41);
    case 7:
      return undefined;
    case 8:
      return Buffer.from(Array.from({ length: below(random() < 0.1 ? 300 : 20) }, () => below(256)));
    case 9:
      return many(() => anything(random, depth + 1));
    default:
      return Object.fromEntries(many(() => [text(random, 1 + below(12)), anything(random, depth + 1)]));
  }
}

function text(random, length) {
  const ranges = [0x20, 0x7f, 0xa0, 0x7ff, 0x800, 0xd7ff, 0x10000, 0x10ffff];
  let it = "";
  while (it.length < length) {
    const at = Math.floor(random() * 4) * 2;
    it += String.fromCodePoint(ranges[at] + Math.floor(random() * (ranges[at + 1] - ranges[at])));
  }
  return it;
}
