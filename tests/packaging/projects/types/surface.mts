/** Every name (Y-01, Y-16), and that none is `any`. */
import * as all from "CLIENT";
import type {
  DisconnectDescription,
  ExtendedError,
  ManagerOptions,
  ManagerReservedEvents,
  SocketOptions,
  SocketReservedEvents,
} from "CLIENT";
import { same } from "./equal.mjs";

const protocol: number = all.protocol;
same<typeof all.connect, typeof all.io>(true);
same<typeof all.default, typeof all.io>(true);
const io = all.io({ transports: [all.Fetch, all.XHR, all.NodeXHR, all.WebSocket, all.NodeWebSocket, all.WebTransport] });

type Engine = all.Manager["engine"];
declare const engine: Engine;
const name: string = engine.transport.name;
const state: "opening" | "open" | "closing" | "closed" = engine.readyState;
engine.on("upgrade", (transport) => same<typeof transport.name, string>(true));
engine.once("close", (reason) => same<typeof reason, string>(true));
engine.on("packet", ({ type, data }) => [type, data]);
engine.send("text").close();
// @ts-expect-error
engine.on("unknown", () => {});

same<Parameters<SocketReservedEvents["connect_error"]>, [err: ExtendedError]>(true);
same<Parameters<ManagerReservedEvents["reconnect"]>, [attempt: number]>(true);
const description: DisconnectDescription = { description: "network connection lost" };
// @ts-expect-error
const wrong: all.Socket.DisconnectReason = "bored";
const options: ManagerOptions["reconnectionDelay"] & number = 5;
const ackTimeout: SocketOptions["ackTimeout"] & {} = 5;
export { ackTimeout, description, io, name, options, protocol, state, wrong };
