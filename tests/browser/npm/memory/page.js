// What is done to see whether anything is left of it.

const ways = [["websocket"], ["polling"]];
let client;
let url;

// The package keeps its memory to itself: it is caught where it is made.
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    globalThis.wasm = Object.values(this.exports).find((it) => it instanceof WebAssembly.Memory);
  }
};
globalThis.wasmBytes = () => globalThis.wasm?.buffer.byteLength ?? 0;

globalThis.prepare = async (wish) => {
  url = wish.url;
  client = await import(`/client/${wish.client}.js`);
};

const told = (target, event) => new Promise((resolve) => target.once(event, resolve));

const DEEDS = {
  /** A new manager each time, dropped when it is closed. */
  async "new connections"(number) {
    for (let round = 0; round < number; round++) {
      await visit(client.io(url, { forceNew: true, transports: ways[round % 2], reconnection: false }));
    }
  },
  /** One manager, opened and closed. */
  async "the same connection"(number) {
    const socket = client.io(url, { forceNew: true, autoConnect: false, transports: ["websocket"] });
    for (let round = 0; round < number; round++) {
      socket.connect();
      await visit(socket);
    }
  },
  /** As many out as in, some of them asking for an answer, on one connection. */
  async events(number) {
    const socket = client.io(url, { forceNew: true, transports: ["websocket"] });
    await told(socket, "connect");
    let came = 0;
    let sent = 0;
    await new Promise((resolve) => {
      const send = () => {
        while (sent < number / 2 && sent - came < 200) {
          if (sent++ % 10) socket.emit("echo", { number: sent, text: "Hello" });
          else socket.emit("echo", sent, () => {});
        }
      };
      socket.on("echo", () => {
        if (++came === number / 2) resolve();
        else send();
      });
      send();
    });
    await leave(socket);
  },
};

async function visit(socket) {
  if (!socket.connected) await told(socket, "connect");
  await socket.emitWithAck("whoami");
  await leave(socket);
}

async function leave(socket) {
  const { engine } = socket.io;
  const closed = engine.readyState === "closed" ? undefined : told(engine, "close");
  socket.disconnect();
  await closed;
}

globalThis.deed = (name, number) => DEEDS[name](number);
