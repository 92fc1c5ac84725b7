// The machine given as bytes, and as a module.
import { node } from "../../lib/programs.mjs";

export const only = "sockeye-client";
export const run = ({ dir, server }) => node(dir, "main.js", server);
