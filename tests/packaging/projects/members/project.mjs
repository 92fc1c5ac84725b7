// What the types promise is there.
import { node } from "../../lib/programs.mjs";

export const only = "sockeye-client";
export const run = ({ dir, server }) => node(dir, "main.js", server);
