// Feathers: services over a socket. Its client reads in the socket's options whether an answer begins with an error.
import assert from "node:assert/strict";
import { NotFound } from "@feathersjs/errors";
import { feathers } from "@feathersjs/feathers";
import socketio from "@feathersjs/socketio";
import socketioClient from "@feathersjs/socketio-client";
import { io } from "CLIENT";

const messages = {
  find: async ({ query }) => [query],
  async get(id) {
    if (id === "none") throw new NotFound("there is no such message");
    return { id };
  },
  create: async (data) => ({ ...data, id: 1 }),
};

const app = feathers();
app.configure(socketio());
app.use("messages", messages);
app.on("connection", (connection) => app.channel("everybody").join(connection));
app.publish(() => app.channel("everybody"));

async function main() {
  const server = await app.listen(0, "127.0.0.1");
  if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
  for (const options of [{}, { ackTimeout: 10_000 }, { transports: ["websocket"] }]) {
    const socket = io(`http://127.0.0.1:${server.address().port}`, { forceNew: true, ...options });
    const service = feathers().configure(socketioClient(socket)).service("messages");
    const created = new Promise((resolve) => service.once("created", resolve));
    assert.deepEqual(await service.find({ query: { by: "ada" } }), [{ by: "ada" }]);
    assert.deepEqual(await service.get("7"), { id: "7" });
    await assert.rejects(service.get("none"), { name: "NotFound", code: 404, message: "there is no such message" });
    assert.deepEqual(await service.create({ text: "hello" }), { text: "hello", id: 1 });
    assert.deepEqual(await created, { text: "hello", id: 1 });
    socket.disconnect();
  }
  console.log("ok");
  process.exit();
}

main();
