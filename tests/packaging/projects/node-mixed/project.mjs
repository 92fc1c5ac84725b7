// Node, an ES module that imports the CommonJS file: names are found without running it.
import { node } from "../../lib/programs.mjs";

export const only = "sockeye-client";
export const run = ({ dir, server }) => node(dir, "main.js", server);
