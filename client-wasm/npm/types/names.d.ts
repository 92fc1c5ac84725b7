/** Everything that has a name in `sockeye-client`, but for `io` itself. */
export { protocol } from "./io.js";
export { Manager } from "./manager.js";
export { DrainOptions, ManagerOptions, ManagerReservedEvents, StateChange } from "./manager.js";
export { Socket } from "./socket.js";
export {
  AckOptions,
  DisconnectDescription,
  EventsOptions,
  ExtendedError,
  Overflow,
  Packet,
  SocketOptions,
  SocketReservedEvents,
} from "./socket.js";
export { Fetch, Fetch as NodeXHR, Fetch as XHR, WebSocket, WebSocket as NodeWebSocket, WebTransport } from "./engine.js";
export * from "./acks.js";
export {
  DefaultEventsMap,
  EventNames,
  EventParams,
  EventsMap,
  ListenOptions,
  ReservedOrUserEventNames,
  ReservedOrUserListener,
  Signal,
} from "./events.js";
