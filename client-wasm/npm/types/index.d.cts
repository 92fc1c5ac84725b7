/** In CommonJS the module is the function, with everything else on it. */
import * as names from "./names.cjs";

declare function io(opts?: Partial<names.ManagerOptions & names.SocketOptions>): names.Socket;
declare function io(uri?: string, opts?: Partial<names.ManagerOptions & names.SocketOptions>): names.Socket;

declare namespace io {
  export { io, io as connect, io as default };

  export import protocol = names.protocol;
  export import Manager = names.Manager;
  export import Socket = names.Socket;
  export import Fetch = names.Fetch;
  export import XHR = names.XHR;
  export import NodeXHR = names.NodeXHR;
  export import WebSocket = names.WebSocket;
  export import NodeWebSocket = names.NodeWebSocket;
  export import WebTransport = names.WebTransport;

  export import AckOptions = names.AckOptions;
  export import AckParams = names.AckParams;
  export import AckResult = names.AckResult;
  export import AllButLast = names.AllButLast;
  export import DecorateAcknowledgements = names.DecorateAcknowledgements;
  export import DefaultEventsMap = names.DefaultEventsMap;
  export import DisconnectDescription = names.DisconnectDescription;
  export import DrainOptions = names.DrainOptions;
  export import EventNames = names.EventNames;
  export import EventParams = names.EventParams;
  export import EventsMap = names.EventsMap;
  export import EventsOptions = names.EventsOptions;
  export import ExtendedError = names.ExtendedError;
  export import FirstArg = names.FirstArg;
  export import Last = names.Last;
  export import ListenOptions = names.ListenOptions;
  export import ManagerOptions = names.ManagerOptions;
  export import ManagerReservedEvents = names.ManagerReservedEvents;
  export import Overflow = names.Overflow;
  export import Packet = names.Packet;
  export import ReservedOrUserEventNames = names.ReservedOrUserEventNames;
  export import ReservedOrUserListener = names.ReservedOrUserListener;
  export import Signal = names.Signal;
  export import SocketOptions = names.SocketOptions;
  export import SocketReservedEvents = names.SocketReservedEvents;
  export import StateChange = names.StateChange;
}

export = io;
