/** CommonJS as it is: the module is the function, with all of the ES module's names on it. */
import io = require("CLIENT");

const socket: io.Socket<{ a: () => void }> = io("http://x", { autoConnect: false });
io.connect();
io.io();
new io.Manager({});
const protocol: number = io.protocol;
const options: Partial<io.ManagerOptions & io.SocketOptions> = { parser: {} };
const reason: io.Socket.DisconnectReason = "ping timeout";
const description: io.DisconnectDescription = { description: "" };
declare const change: io.StateChange;
declare const event: io.EventParams<io.DefaultEventsMap, string>;
// @ts-expect-error
io.nothing();

type Names = keyof typeof import("CLIENT", { with: { "resolution-mode": "import" } });
const missing: Exclude<Names, keyof typeof io> extends never ? true : false = true;
export = { change, description, event, missing, options, protocol, reason, socket };
