import io, { connect, Manager, protocol } from "CLIENT/dist/node.cjs";
import { roundTrip } from "./round-trip.js";

if (connect !== io || !Manager || protocol !== 5) throw new Error("a name is missing (A-02, Q-19)");
console.log(await roundTrip(io, process.argv[2]));
