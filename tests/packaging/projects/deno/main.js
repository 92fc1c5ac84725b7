import { io } from "CLIENT";
import { roundTrip } from "./round-trip.js";

console.log(await roundTrip(io, Deno.args[0]));
