// A list of lines that can be waited for. The client's world writes one of what the application sees, the host one of
// what the server received. It waits for lines and never for time.

export class Transcript {
  #lines = [];
  #groups = [];
  #waits = new Set();
  #normalise;
  #closed = false;

  /** @param normalise what every line goes through before it is kept */
  constructor(normalise = (line) => line) {
    this.#normalise = normalise;
  }

  /** @param group lines of different groups have no order among them: in the end they stand group by group */
  add(line, group = 0) {
    if (this.#closed) return;
    this.#lines.push(this.#normalise(line));
    this.#groups.push(group);
    for (const wait of [...this.#waits]) {
      if (this.count(wait.pattern) >= wait.count) {
        this.#waits.delete(wait);
        wait.resolve();
      }
    }
  }

  /** Resolves when `count` lines match: a text matches lines that begin with it. Lines that are there already count. */
  until(pattern, count = 1) {
    if (this.count(pattern) >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waits.add({ pattern, count, resolve }));
  }

  count(pattern) {
    return this.#lines.filter((line) => matches(line, pattern)).length;
  }

  /** From now on nothing is added: what comes later is not part of the case. */
  close() {
    this.#closed = true;
    const order = this.#lines.map((_, at) => at).sort((one, other) => this.#groups[one] - this.#groups[other]);
    return order.map((at) => this.#lines[at]);
  }

  /** What is still waited for, for the message of a case that did not end in time. */
  pending() {
    return [...this.#waits].map(({ pattern, count }) => `${count} × ${pattern}`);
  }
}

function matches(line, pattern) {
  return pattern instanceof RegExp ? pattern.test(line) : line.startsWith(pattern);
}
