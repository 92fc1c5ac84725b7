// The program of `www`, built by cargo: the server, and the client for a terminal. Its lines are waited for.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "../../..");
const DEADLINE = 20_000;
let built;

/** Builds it; `SOCKEYE_WWW_PROGRAM` names one that is built already. */
function program() {
  built ??= process.env.SOCKEYE_WWW_PROGRAM;
  if (built) return built;
  execFileSync("cargo", ["build", "--locked", "-p", "www"], { cwd: root, stdio: "inherit" });
  const metadata = execFileSync("cargo", ["metadata", "--format-version", "1", "--no-deps", "--locked"], { cwd: root });
  built = join(JSON.parse(metadata).target_directory, "debug/www");
  return built;
}

export function start(...args) {
  const child = spawn(program(), args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const said = [];
  const waiting = new Set();
  createInterface({ input: child.stdout }).on("line", (line) => {
    said.push(line);
    for (const look of waiting) look();
  });
  let read = 0;
  return {
    /** The next line with this in it; those before it are passed over. */
    until(part) {
      return new Promise((resolve, reject) => {
        const end = (act) => {
          clearTimeout(timer);
          waiting.delete(look);
          act();
        };
        const look = () => {
          const found = said.findIndex((line, at) => at >= read && line.includes(part));
          if (found < 0) return;
          read = found + 1;
          end(() => resolve(said[found]));
        };
        const timer = setTimeout(() => {
          const problem = `no line with "${part}" in ${args.join(" ")}: ${said.slice(read).join(" | ")}`;
          end(() => reject(new Error(problem)));
        }, DEADLINE);
        waiting.add(look);
        look();
      });
    },
    type: (line) => child.stdin.write(`${line}\n`),
    async end(signal = "SIGINT") {
      child.kill(signal);
      await ended;
    },
  };
}

/** Starts a server and says where it is. The package and the pages are those that are there. */
export async function startServer(port = 0, ...more) {
  const server = start("--port", `${port}`, "--no-build", ...more);
  const url = (await server.until("listens on http://")).match(/http:\S+/)[0];
  return { ...server, url, port: Number(new URL(url).port) };
}
