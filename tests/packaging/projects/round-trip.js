// What every project does with the client: there and back, text and binary, over polling and after the upgrade.
export async function roundTrip(io, server, options) {
  const socket = io(server, { forceNew: true, reconnection: false, ...options });
  try {
    await new Promise((resolve, reject) => {
      socket.on("connect", resolve);
      socket.on("connect_error", reject);
    });
    const first = await socket.emitWithAck("client-message", "grüß dich");
    if (first.received !== "grüß dich") throw new Error(`the answer was ${JSON.stringify(first)}`);
    const { engine } = socket.io;
    if (engine.transport.name !== "websocket") await new Promise((resolve) => engine.once("upgrade", resolve));

    const echoed = new Promise((resolve) => socket.once("echo", (...args) => resolve(args)));
    socket.emit("echo", "text", { bytes: new Uint8Array([0, 92, 255]) });
    const [text, { bytes }] = await echoed;
    const back = new Uint8Array(bytes);
    if (text !== "text" || back.join() !== "0,92,255") throw new Error(`what came back was ${text}, ${back}`);

    const { transport } = await socket.emitWithAck("whoami");
    if (transport !== "websocket") throw new Error(`the server says it is ${transport}`);
    return "ok";
  } finally {
    socket.disconnect();
  }
}

/** Where the server is: the query of the page or worker. */
export const server = () => new URL(globalThis.location.href).searchParams.get("server");
