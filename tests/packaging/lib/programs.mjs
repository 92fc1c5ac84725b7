// Programs of a project, run to their end.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);
const DEADLINE = 120_000;

/** What a program prints; that it fails is an error. */
export async function program(dir, command, ...args) {
  const { stdout } = await execute(command, args, { cwd: dir, timeout: DEADLINE }).catch((error) => {
    // Of a minified file, a line is the whole file.
    const said = `${error.stdout ?? ""}${error.stderr ?? ""}`.split("\n").filter((line) => line && line.length < 200);
    throw new Error(said.slice(0, 12).join(" | ") || error.message);
  });
  return stdout.trim();
}

export const node = (dir, ...args) => program(dir, process.execPath, ...args);
