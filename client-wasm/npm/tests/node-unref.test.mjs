// In Node, with autoUnref, neither the socket nor a timer keeps the process alive (O-22).
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { WAYS, serve } from "./lib/place.mjs";

const run = (code, url) =>
  promisify(execFile)(process.execPath, ["--input-type=module", "-e", code, url], { timeout: 20_000 });
const library = JSON.stringify(join(import.meta.dirname, "../dist/node.js"));

for (const [way, options] of Object.entries(WAYS)) {
  test(`a connection, ${way}`, async (t) => {
    const place = await serve(t);
    const { stdout } = await run(
      `import { io } from ${library};
      const socket = io(process.argv[1], { ...${JSON.stringify(options)}, autoUnref: true });
      const wait = setInterval(() => {}, 1000);
      socket.on("connect", () => (console.log("connected"), clearInterval(wait)));`,
      place.url,
    );
    assert.equal(stdout, "connected\n");
  });
}

test("the wait for the next attempt", async (t) => {
  const place = await serve(t);
  place.http.removeAllListeners("upgrade").on("upgrade", (_, it) => it.destroy());
  const { stdout } = await run(
    `import { io } from ${library};
    const far = { reconnectionDelay: 3600000, reconnectionDelayMax: 3600000 };
    const options = { ...${JSON.stringify(WAYS.websocket)}, ...far, autoUnref: true };
    io(process.argv[1], options).on("connect_error", ({ message }) => console.log(message));`,
    place.url,
  );
  assert.equal(stdout, "websocket error\n");
});

test("after disconnect nothing is left, without the option too", async (t) => {
  const place = await serve(t);
  for (const options of Object.values(WAYS)) {
    const { stdout } = await run(
      `import { io } from ${library};
      const socket = io(process.argv[1], ${JSON.stringify(options)});
      socket.on("connect", () => (console.log("connected"), socket.disconnect()));`,
      place.url,
    );
    assert.equal(stdout, "connected\n");
  }
});
