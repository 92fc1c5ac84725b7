// The stage (tests/stage), which starts servers for pages: built by cargo, and there as long as its stdin.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "../../../..");

/** Starts it; `SOCKEYE_STAGE_PROGRAM` names one that is built already. */
export async function openStage() {
  const stage = spawn(process.env.SOCKEYE_STAGE_PROGRAM ?? build(), [await freePort()], { stdio: ["pipe", "pipe", "inherit"] });
  const failed = once(stage, "exit").then(([code]) => Promise.reject(new Error(`the stage ended with ${code}`)));
  failed.catch(() => {});
  const [line] = await Promise.race([once(createInterface({ input: stage.stdout }), "line"), failed]);
  const { stage: url, certificate } = JSON.parse(line);
  return { url, certificate, close: () => stage.stdin.end() };
}

function build() {
  execFileSync("cargo", ["build", "--locked", "-p", "sockeye-stage"], { cwd: root, stdio: "inherit" });
  const metadata = execFileSync("cargo", ["metadata", "--format-version", "1", "--no-deps", "--locked"], { cwd: root });
  return join(JSON.parse(metadata).target_directory, "debug/sockeye-stage");
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return String(port);
}
