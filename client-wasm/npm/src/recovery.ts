/** Who we were and how far we had read, so that a lost session can be found again (1.9). */

/** Letters, digits and some marks: nothing that JSON escapes (F130). */
const PLAIN = /^[\w.:=+/-]{1,256}$/;
/** The built-in adapter's offsets are the shortest. */
const MIN_OFFSET = 7;

/**
 * The adapters' offsets are clocks, in base 64, decimal or hexadecimal, and perhaps a counter behind: of one length, and
 * for days the same at the start, until the second digit turns over, and with the last one the first (P-102).
 */
const isAlike = (known: string, last: string) =>
  clock(known) === clock(last) &&
  (known[0] === last[0]
    ? known[1] === last[1] || isNext(known[1], last[1])
    : isNext(known[0], last[0]) && /[9f_]0/.test(known[1] + last[1]));

/** The form that the built-in adapter (from 2024 to 2046), Redis streams or MongoDB gives an offset. */
const WELL_KNOWN = /^([P-Z][\w-]{6}(\.[\w-]{1,3})?|\d{13}-\d+|[\da-f]{24})$/;

/**
 * Where the counter begins: `.7` or `.1b` for those of one millisecond, `-7` from Redis. A sign within the shortest of clocks
 * is one of its digits.
 */
const clock = (offset: string) => offset.slice(MIN_OFFSET).search(/\.[\w-]{1,3}$|-\d+$|$/);

/** In the built-in adapter's order, 0-9A-Za-z-_, or hexadecimal. */
const isNext = (digit: string, next: string) =>
  next.charCodeAt(0) === digit.charCodeAt(0) + 1 || "9A Za z-_ 9a".includes(digit + next);

export class Recovery {
  /** A secret, like the session id. */
  $pid: string | undefined;
  $offset: string | undefined;

  /**
   * The last argument of an event, a string, may be the offset or may be the application's own: only what looks like
   * one counts, and once one is known, only what looks like it (Q-10, F127). What stands in the first event may have been
   * the application's own: it gives way to what looks more like one.
   */
  $saw(data: unknown[]): void {
    const { $offset: known } = this;
    const last = data[data.length - 1];
    if (!this.$pid || data.length < 2 || typeof last !== "string" || last.length < MIN_OFFSET) return;
    const follows = (known: string) => isAlike(known, last) || (!WELL_KNOWN.test(known) && WELL_KNOWN.test(last));
    if (PLAIN.test(last) && (known === undefined || follows(known))) this.$offset = last;
  }

  /** Whether the lost session was found again; `undefined` where the server keeps none. */
  $recovered(pid: unknown): boolean | undefined {
    const mine = typeof pid === "string" && PLAIN.test(pid) ? pid : undefined;
    const isSame = mine === this.$pid;
    // An offset of another session would bring back what was already seen.
    if (!isSame) this.$offset = undefined;
    this.$pid = mine;
    return mine ? isSame : undefined;
  }
}
