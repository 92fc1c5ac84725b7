import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { init, io } from "CLIENT/external";
import WS from "ws";
import { roundTrip } from "./round-trip.js";

const bytes = readFileSync(createRequire(import.meta.url).resolve("CLIENT/core.wasm"));
// What the main entry does by itself.
globalThis.WebSocket ??= WS;
await init(bytes);
await init(new WebAssembly.Module(bytes));
console.log(await roundTrip(io, process.argv[2]));
