// Clocks for what the client waits long for. They are put in place before a client is loaded and ask nothing of it but
// that it uses the platform's clocks and timers.

/**
 * @param speed how many times as fast it runs, or "jumps": to the end of a wait as soon as there is one
 * @returns the delays that were asked of `setTimeout`, in milliseconds of this clock, in order
 */
export function installClock(speed) {
  return speed === "jumps" ? installJumpingClock() : installFastClock(speed);
}

// Nothing passes between waits, so what is asked is exact. Good for one timer at a time.
function installJumpingClock() {
  const asked = [];
  const { setTimeout: realSetTimeout } = globalThis;
  let now = Date.now();
  Date.now = () => now;
  globalThis.setTimeout = (callback, delay = 0, ...args) => {
    asked.push(delay);
    return realSetTimeout(() => {
      now += delay;
      callback(...args);
    });
  };
  return asked;
}

function installFastClock(speed) {
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
