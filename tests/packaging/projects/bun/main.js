import { io } from "CLIENT";
import { roundTrip } from "./round-trip.js";

console.log(await roundTrip(io, process.argv[2]));
