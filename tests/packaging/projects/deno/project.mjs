// Deno, by its npm package.
import { program } from "../../lib/programs.mjs";
import { tool } from "../../lib/workshop.mjs";

export const run = ({ dir, server }) =>
  program(dir, tool("deno"), "run", "--no-config", "--node-modules-dir=manual", "--allow-net", "--allow-env", "--allow-read", "main.js", server);
