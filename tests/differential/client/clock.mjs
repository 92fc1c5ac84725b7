// A clock that runs `speed` times as fast, for what the client waits long for. It is put in place before a client is
// loaded and asks nothing of it but that it uses the platform's clocks and timers.

/** @returns the delays that were asked of `setTimeout`, in milliseconds of the fast clock, in order */
export function installFastClock(speed) {
  const asked = [];
  const { setTimeout: realSetTimeout, setInterval: realSetInterval } = globalThis;
  const fast = (real, start) => () => start + (real() - start) * speed;

  const realNow = Date.now.bind(Date);
  Date.now = fast(realNow, realNow());
  const realPerformanceNow = performance.now.bind(performance);
  performance.now = fast(realPerformanceNow, realPerformanceNow());
  globalThis.setTimeout = (callback, delay, ...args) => {
    asked.push(delay);
    return realSetTimeout(callback, delay / speed, ...args);
  };
  globalThis.setInterval = (callback, delay, ...args) => realSetInterval(callback, delay / speed, ...args);
  return asked;
}
