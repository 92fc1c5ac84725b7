import { io } from "sockeye-client";

/** One for the page. It connects when a component wants it to. */
export const socket = io({ autoConnect: false });
/** A second namespace on the same connection. */
export const adminSocket = io("/admin", { autoConnect: false });
