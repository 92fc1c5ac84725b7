// A scenario server for tests. It says where it listens in one line of JSON and lives as long as its stdin:
// a test that dies, however it dies, leaves no server behind. SIGTERM ends it politely.

import { startApp } from "./app.mjs";
import { NoRedis } from "./nodes.mjs";
import { readOptions, USAGE, UsageError } from "./options.mjs";

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(USAGE);
  } else {
    process.stdin.resume();
    process.stdin.on("end", () => process.exit(0));
    process.stdin.on("error", () => process.exit(0));
    const { close, port } = await startApp(options);
    process.once("SIGTERM", () => close().finally(() => process.exit(0)));
    process.stdout.write(`${JSON.stringify({ ready: true, port, version: options.version })}\n`);
  }
} catch (error) {
  if (error instanceof UsageError || error instanceof NoRedis) {
    fail(error.message);
  } else if (error.code === "EADDRINUSE") {
    fail(`port ${error.port} is taken: give another, or --port 0 for any free one`);
  } else {
    throw error;
  }
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
