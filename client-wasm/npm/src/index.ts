/** What `sockeye-client` gives. */
import { io as lookup } from "./io";
import { Manager } from "./manager";
import { extend } from "./more";
import { Socket } from "./socket";
import { Fetch, Polling, Socketed } from "./transports";
import { Streamed } from "./webtransport";

extend();
export const protocol = 5;
export const io = Object.assign(lookup, { Manager, Socket, io: lookup, connect: lookup, protocol });

export {
  io as connect,
  io as default,
  Manager,
  Socket,
  Fetch,
  Polling as XHR,
  Polling as NodeXHR,
  Socketed as WebSocket,
  Socketed as NodeWebSocket,
  Streamed as WebTransport,
};
