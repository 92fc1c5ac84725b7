import { io } from "CLIENT";
import { roundTrip, server } from "./round-trip.js";

globalThis.result = roundTrip(io, server());
