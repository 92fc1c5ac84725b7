import { io } from "./client.js";
import { roundTrip, server } from "./round-trip.js";

postMessage(await roundTrip(io, server()).catch((error) => `failed: ${error.message}`));
