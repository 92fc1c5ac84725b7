/** Options, and what can be changed later (Y-10, Y-14, Y-15). */
import byDefault, { connect, io, Manager, type ManagerOptions, type Socket, type SocketOptions } from "CLIENT";

const options: Partial<ManagerOptions & SocketOptions> = {
  path: "/my-path/",
  query: { token: "cde" },
  transports: ["websocket", "polling", "my-own"],
  extraHeaders: { "my-custom-header": "1234" },
  withCredentials: true,
  reconnectionAttempts: 10,
  randomizationFactor: 0.2,
  auth: { token: "abc" },
  ackTimeout: 10_000,
  retries: 3,
  autoConnect: false,
  closeOnBeforeunload: true,
  perMessageDeflate: { threshold: 32768 },
  protocols: ["one"],
  parser: {},
};
const sockets: Socket[] = [io(), io("/admin"), io(options), io("http://x", options), io(undefined, options)];
sockets.push(connect("http://x", { auth: (answer) => answer({ token: "abc" }) }), byDefault());
// @ts-expect-error
io({ reconnectionDelay: "1 s" });
// @ts-expect-error
io({ path: 5 });
// @ts-expect-error
io(5);

const socket = io(options);
socket.auth = { token: "other" };
socket.auth = (answer) => answer({ token: "other" });
socket.sendBuffer = [];
socket.receiveBuffer = [];
socket.connect().open().disconnect().close();
const id: string | undefined = socket.id;
const flags: boolean[] = [socket.connected, socket.disconnected, socket.active, socket.recovered];
// @ts-expect-error
socket.active = true;
// @ts-expect-error
socket.io = new Manager();

const manager = new Manager("http://x", options);
new Manager(options).socket("/nsp", { auth: {} });
manager.opts.query = { token: "new" };
manager.reconnection(false).reconnectionAttempts(3).reconnectionDelay(5).reconnectionDelayMax(5).randomizationFactor(0);
const delay: number = manager.reconnectionDelay();
const reconnection: boolean = manager.reconnection();
manager.timeout(false).timeout(5).open((error) => error?.message).connect();
// @ts-expect-error
manager.reconnectionDelay("5");
export { delay, flags, id, reconnection, sockets };
