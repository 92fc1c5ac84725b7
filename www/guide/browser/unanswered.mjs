// What the inspector keeps of a connection that asks and asks.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";

import { watch } from "../../inspector/watch.js";

export function unanswered() {
  const [socket, manager, engine] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
  Object.assign(socket, { io: manager });
  Object.assign(manager, { state: "connected", engine });
  const { model, stop } = watch(socket, () => {});
  for (let id = 0; id < 3000; id++) engine.emit("packetCreate", { type: "message", data: `2${id}["ask"]` });
  assert.equal(model.asked.size, 1000);
  engine.emit("packet", { type: "message", data: "32999[1]" });
  assert.equal(model.asked.size, 999, "the newest are those that are kept");
  stop();
}
