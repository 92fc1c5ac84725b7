/** CommonJS by names, which the compiler turns to `require` (Y-17). */
import byDefault, { connect, io, Manager, Socket, type ManagerOptions, type SocketOptions } from "CLIENT";

const options: Partial<ManagerOptions & SocketOptions> = { autoConnect: false };
const sockets: Socket[] = [io(options), connect(options), new Manager(options).socket("/")];
const reason: Socket.DisconnectReason = "ping timeout";
export { byDefault, reason, sockets };
