// Nothing waits for ever, and nothing waits for luck.

/** What `promise` brings, or an error that says what it was that did not come. */
export function within(what, promise, ms = DEADLINE) {
  const noticed = new Error(`there was no ${what} within ${ms / 1000} s`);
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(noticed), ms)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Waits for what no event tells: looks again and again. */
export async function until(what, isDone) {
  const end = performance.now() + DEADLINE;
  while (!(await isDone())) {
    if (performance.now() > end) throw new Error(`it never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A text that no other story uses. */
export const unique = (text) => `${text} ${Math.random().toString(36).slice(2)}`;

const DEADLINE = 20_000;
