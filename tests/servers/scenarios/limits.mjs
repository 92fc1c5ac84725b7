// What a client may ask of a scenario. Whoever reaches the chat reaches the scenarios too: what is above a limit is cut to it,
// so that nobody holds the one thread or the memory of all. `www` has the same.

/** Events for one question. */
export const MOST_EVENTS = 20_000;
/** Bytes for one question, in however many events or parts. */
export const MOST_BYTES = 10_000_000;
/** Parts of one event. */
export const MOST_PARTS = 100;
/** Milliseconds before an answer. */
export const LONGEST_WAIT = 60_000;

const atMost = (most, it) => Math.min(most, Number(it) || 0);

export const events = (count) => atMost(MOST_EVENTS, count);

/** How many events, and of which size. */
export function flood(count, size) {
  const limited = atMost(MOST_BYTES, size);
  return [Math.min(events(count), Math.floor(MOST_BYTES / Math.max(1, limited))), limited];
}

/** How many bytes, and how many parts of that size besides. */
export function bytes(size, parts) {
  const limited = atMost(MOST_BYTES, size);
  return [limited, Math.min(atMost(MOST_PARTS, parts), Math.floor(MOST_BYTES / Math.max(1, limited)) - 1)];
}

export const wait = (milliseconds) => atMost(LONGEST_WAIT, milliseconds);
