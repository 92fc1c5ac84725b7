import byDefault, { connect, io, Manager, protocol, Socket } from "CLIENT";
import { roundTrip } from "./round-trip.js";

if (byDefault !== io || connect !== io) throw new Error("default, io and connect are not one function (A-01)");
if (protocol !== 5 || !Manager || !Socket) throw new Error("a name is missing (A-01)");
console.log(await roundTrip(io, process.argv[2]));
