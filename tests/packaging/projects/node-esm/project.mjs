// Node, an ES module.
import { node } from "../../lib/programs.mjs";

export const run = ({ dir, server }) => node(dir, "main.js", server);
