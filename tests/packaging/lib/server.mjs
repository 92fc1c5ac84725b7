// The official server with the scenarios of tests/servers.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Starts it; it lives as long as the returned `stop` is not called, and no longer than this process. */
export async function startServer() {
  const program = join(import.meta.dirname, "../../servers/server.mjs");
  const server = spawn(process.execPath, [program, "--cors-origin", "*"], { stdio: ["pipe", "pipe", "inherit"] });
  const ready = once(createInterface({ input: server.stdout }), "line");
  const failed = once(server, "exit").then(([code]) => Promise.reject(new Error(`the server ended with ${code}`)));
  const [line] = await Promise.race([ready, failed]);
  failed.catch(() => {});
  return { url: `http://127.0.0.1:${JSON.parse(line).port}`, stop: () => server.stdin.end() };
}
