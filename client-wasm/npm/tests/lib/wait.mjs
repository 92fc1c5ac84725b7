// Waiting: for what happens, with a deadline that says what did not.

const PATIENCE = 10_000;

/** The arguments of the next event of that name. */
export function heard(emitter, event) {
  return within(`"${event}"`, (resolve) => emitter.once(event, (...args) => resolve(args)));
}

/** When `isSo` holds; it is asked again and again. */
export function until(isSo, what = String(isSo)) {
  let timer;
  const look = (resolve) => (isSo() ? resolve() : (timer = setTimeout(look, 2, resolve)));
  return within(what, look).finally(() => clearTimeout(timer));
}

/** The promise of `begin(resolve, reject)`, if it is kept in time. */
export function within(what, begin) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`in ${PATIENCE} ms there was no ${what}`)), PATIENCE);
    const settled = (settle) => (value) => {
      clearTimeout(late);
      settle(value);
    };
    begin(settled(resolve), settled(reject));
  });
}

/** All that was told so far has been heard: news is told in microtasks, and those end before a turn does. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));
