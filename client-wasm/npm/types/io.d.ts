import type { ManagerOptions } from "./manager.js";
import type { Socket, SocketOptions } from "./socket.js";

/** Looks up a namespace on the connection to its server, making either if there is none yet (Y-02). */
export declare function io(opts?: Partial<ManagerOptions & SocketOptions>): Socket;
export declare function io(uri?: string, opts?: Partial<ManagerOptions & SocketOptions>): Socket;

/** Of the Socket.IO protocol. */
export declare const protocol: number;
