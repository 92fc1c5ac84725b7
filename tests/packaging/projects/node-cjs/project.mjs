// Node, CommonJS: the module is the function.
import { node } from "../../lib/programs.mjs";

export const run = ({ dir, server }) => node(dir, "main.cjs", server);
