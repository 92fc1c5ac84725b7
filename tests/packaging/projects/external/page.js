import { init, io } from "./external.js";
import { roundTrip, server } from "./round-trip.js";

async function run() {
  try {
    io(server());
    return "failed: io() before init() says nothing";
  } catch (error) {
    if (!/await init\(\) before io\(\)/.test(error.message)) throw error;
  }
  await init();
  return roundTrip(io, server());
}
globalThis.result = run();
