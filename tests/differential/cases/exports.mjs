// 3.1: what an import gives.

export default [
  {
    name: "the module's exports",
    rows: ["A-01"],
    async run({ client, log, show }) {
      const names = ["io", "connect", "default", "Manager", "Socket", "protocol"];
      const transports = ["Fetch", "XHR", "NodeXHR", "WebSocket", "NodeWebSocket", "WebTransport"];
      for (const name of [...names, ...transports]) log(`${name} is a ${typeof client[name]}`);
      log(`protocol ${show(client.protocol)}`);
      log(`io is connect is the default: ${client.io === client.connect && client.io === client.default}`);
      for (const name of transports) log(`${name} is called ${show(client[name].prototype.name)}`);
    },
  },
  {
    name: "what hangs on the function",
    rows: ["A-02", "A-03"],
    async run({ client, log }) {
      const { io } = client;
      for (const name of ["Manager", "Socket", "connect", "io"]) {
        log(`io.${name} is the export: ${io[name] === client[name]}`);
      }
    },
  },
  {
    name: "instances are of the exported classes",
    rows: ["A-01", "A-20", "A-43"],
    async run({ client, url, log }) {
      const socket = client.io(url, { autoConnect: false });
      log(`socket instanceof Socket: ${socket instanceof client.Socket}`);
      log(`socket.io instanceof Manager: ${socket.io instanceof client.Manager}`);
      log(`methods on the prototype: ${typeof client.Socket.prototype.emit}, ${typeof client.Manager.prototype.open}`);
    },
  },
];
