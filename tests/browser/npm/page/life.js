// A page with one socket, which the runner asks what was told so far.
import { trusting } from "./setting.js";

/** Every event of the socket, with its arguments as far as they are plain. */
globalThis.told = [];

globalThis.join = async ({ client, url, options, certificate }) => {
  const { io } = await import(`/client/${client}.js`);
  const socket = (globalThis.socket = io(url, { ...trusting(certificate), ...options }));
  for (const event of ["connect", "disconnect", "connect_error"]) {
    socket.on(event, (first) => told.push({ event, args: [first?.message ?? first] }));
  }
};

/** What an echo brings back. */
globalThis.ask = (text) => socket.timeout(10_000).emitWithAck("echo", text);
