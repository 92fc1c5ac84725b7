// The code on the pages, by the compiler, against the types of the package and of the official server.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

export async function types() {
  const tsc = join(import.meta.dirname, "node_modules/.bin/tsc");
  for (const project of ["../snippets", "../snippets/server"]) {
    try {
      execFileSync(tsc, ["-p", join(import.meta.dirname, project)], { encoding: "utf8" });
    } catch (error) {
      throw new Error(error.stdout || error.message);
    }
  }
}
