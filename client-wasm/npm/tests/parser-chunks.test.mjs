// A parser of the application's own that writes a packet as several chunks, texts and bytes (P-114).
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

/** A packet is its type, its namespace, its id and its data, each a chunk, the last as bytes. */
class Encoder {
  encode({ type, nsp, id, data }) {
    const body = Buffer.from(JSON.stringify(data) ?? "").map((it) => it ^ 1);
    return [`type ${type}`, `nsp ${nsp}`, `id ${id ?? ""}`, body];
  }
}

class Decoder extends EventEmitter {
  packet = {};

  add(chunk) {
    const { packet } = this;
    if (typeof chunk === "string") {
      const [, name, value] = /^(\w+) (.*)$/.exec(chunk);
      if (name === "nsp") packet.nsp = value;
      else if (value) packet[name] = +value;
      return;
    }
    const body = `${Buffer.from(chunk).map((it) => it ^ 1)}`;
    this.packet = {};
    this.emit("decoded", { ...packet, data: body ? JSON.parse(body) : undefined });
  }

  destroy() {}
}

const parser = { Encoder, Decoder };

for (const [way, options] of Object.entries(WAYS)) {
  test(`several chunks a packet, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t, { parser }), { ...options, parser }, { name: "/chunks" });
    peer.on("echo", (...args) => args.pop()(...args));
    socket.on("question", (it, answer) => answer({ answer: it }));
    assert.deepEqual(await peer.timeout(5000).emitWithAck("question", 1), { answer: 1 });
    const text = "é \u001e";
    const all = Array.from({ length: 30 }, (_, at) => socket.timeout(5000).emitWithAck("echo", { at, text }));
    assert.deepEqual(
      (await Promise.all(all)).map(({ at }) => at),
      Array.from({ length: 30 }, (_, at) => at),
    );
    const gone = heard(socket, "disconnect");
    peer.disconnect();
    assert.equal((await gone)[0], "io server disconnect");
  });
}

test("a parser that throws ends the connection with a parse error", async (t) => {
  const { socket, peer } = await joined(await serve(t, { parser }), { ...WAYS.websocket, parser, reconnection: false });
  const gone = heard(socket, "disconnect");
  peer.conn.write("???");
  assert.equal((await gone)[0], "parse error");
});
