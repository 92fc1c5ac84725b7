import byDefault, { io } from "./client.js";
import { roundTrip, server } from "./round-trip.js";

if (byDefault !== io) throw new Error("default and io are not one function (A-01)");
globalThis.result = roundTrip(io, server());
