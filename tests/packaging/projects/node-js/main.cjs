// Node itself fetches with the help of WebAssembly.compile.
WebAssembly.Module = WebAssembly.Instance = undefined;
globalThis.WebSocket ??= require("ws");
const io = require("CLIENT/js");

import("./round-trip.js").then(async ({ roundTrip }) => console.log(await roundTrip(io, process.argv[2])));
