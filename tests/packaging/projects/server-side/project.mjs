// Server-side rendering: an import does nothing, says nothing, keeps nothing alive.
import { node } from "../../lib/programs.mjs";

export const run = ({ dir, server }) => node(dir, "main.js", server);
