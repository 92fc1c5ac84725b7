import { io } from "CLIENT";
import * as parser from "PARSER";
import { roundTrip } from "./round-trip.js";

console.log(await roundTrip(io, process.argv[2], { parser }));
