/** For a script tag: the global `io`; a loader of modules that finds the file by its path gets a module. */
import { io } from "./index";

declare const module: { exports: unknown };
declare const define: ((make: () => unknown) => void) & { amd?: unknown };

if (typeof module === "object" && module.exports) module.exports = io;
else if (typeof define === "function" && define.amd) define(() => io);
else (globalThis as { io?: typeof io }).io = io;
