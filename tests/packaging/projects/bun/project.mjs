// Bun, by its npm package.
import { program } from "../../lib/programs.mjs";
import { tool } from "../../lib/workshop.mjs";

export const run = ({ dir, server }) => program(dir, tool("bun"), "run", "main.js", server);
