import WS from "ws";
import { roundTrip } from "./round-trip.js";

// Node itself fetches with the help of WebAssembly.compile.
WebAssembly.Module = WebAssembly.Instance = undefined;
globalThis.WebSocket ??= WS;
const { io } = await import("CLIENT/js");
console.log(await roundTrip(io, process.argv[2]));
