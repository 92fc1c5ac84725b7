// y-socket.io: two documents of Yjs that become one. It imports the published client itself.
import { once } from "node:events";
import { Server } from "socket.io";
import { SocketIOProvider } from "y-socket.io";
import { YSocketIO } from "y-socket.io/dist/server";
import * as Y from "yjs";

const server = new Server();
server.listen(0, { host: "127.0.0.1" });
new YSocketIO(server).initialize();

/** Resolves when `isSo`, which is asked whenever the document or who is there has changed. */
function when({ doc, awareness }, isSo) {
  return new Promise((resolve) => {
    const look = () => isSo() && resolve();
    doc.on("update", look);
    awareness.on("change", look);
    look();
  });
}

async function main() {
  const http = server.httpServer;
  if (!http.listening) await once(http, "listening");
  const url = `ws://127.0.0.1:${http.address().port}`;
  const [ada, bob] = [1, 2].map(() => new SocketIOProvider(url, "room", new Y.Doc(), {}));
  await Promise.all([ada, bob].map((it) => it.synced || new Promise((resolve) => it.once("sync", resolve))));
  const text = bob.doc.getText("text");
  ada.doc.getText("text").insert(0, "hello");
  await when(bob, () => `${text}` === "hello");
  ada.awareness.setLocalState({ name: "ada" });
  await when(bob, () => [...bob.awareness.getStates().values()].some(({ name }) => name === "ada"));
  // What one writes while it is away the other reads when it is back.
  bob.disconnect();
  ada.doc.getText("text").insert(5, " again");
  bob.connect();
  await when(bob, () => `${text}` === "hello again");
  console.log("ok");
  process.exit();
}

main();
