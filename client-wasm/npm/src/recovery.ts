/** Who we were and how far we had read, so that a lost session can be found again (1.9). */

/** Letters, digits and some marks: nothing that JSON escapes (F130). */
const PLAIN = /^[\w.:=+/-]{1,256}$/;
/** The built-in adapter's offsets are the shortest. */
const MIN_OFFSET = 7;

/** The adapters' offsets are clocks, with a counter behind a dot perhaps: of one length, and the same at the start. */
const stem = (offset: string) => offset.split(".")[0].length + offset.slice(0, 2);

export class Recovery {
  /** A secret, like the session id. */
  $pid: string | undefined;
  $offset: string | undefined;

  /**
   * The last argument of an event, a string, may be the offset or may be the application's own: only what looks like
   * one counts, and once one is known, only what looks like it (Q-10, F127).
   */
  $saw(data: unknown[]): void {
    const { $offset: known } = this;
    const last = data[data.length - 1];
    if (!this.$pid || data.length < 2 || typeof last !== "string" || last.length < MIN_OFFSET) return;
    if (PLAIN.test(last) && (known === undefined || stem(known) === stem(last))) this.$offset = last;
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
