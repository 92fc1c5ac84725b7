import { io } from "./client.js";
import { roundTrip, server } from "./round-trip.js";

globalThis.onconnect = async ({ ports: [port] }) => {
  port.postMessage(await roundTrip(io, server()).catch((error) => `failed: ${error.message}`));
};
