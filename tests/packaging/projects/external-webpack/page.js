import { init, io } from "CLIENT/external";
import { roundTrip, server } from "./round-trip.js";

globalThis.result = init().then(() => roundTrip(io, server()));
