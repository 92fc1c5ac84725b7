// Whatever is called calls back (F133): the machine is not in the midst of another call when it is called again, so
// nothing breaks, nothing is lost, and the connection is what the last call made of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Decoder, Encoder } from "socket.io-parser";
import { WebSocket as Socketed, XHR as Polling } from "../dist/node.js";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, turn, until } from "./lib/wait.mjs";

/** What an application may call at the worst moment. */
const CALLS = {
  emit: (socket) => socket.emit("meanwhile"),
  "emit with an answer": (socket) => socket.emit("echo", 1, () => {}),
  "emit bytes": (socket) => socket.emit("meanwhile", new Uint8Array(3)),
  disconnect: (socket) => socket.disconnect(),
  "disconnect and connect": (socket) => socket.disconnect().connect(),
  "another namespace": (socket) => socket.io.socket("/other").connect(),
  "leave another namespace": (socket) => socket.io.socket("/other").connect().disconnect(),
  "close the engine": (socket) => socket.io.engine.close(),
  "close the manager": (socket) => socket.io._close(),
};

async function place(t) {
  const it = await serve(t);
  it.server.of("/other").on("connection", () => {});
  it.server.on("connection", (peer) => {
    peer.on("echo", (value, done) => done(value));
    peer.on("tell", (value) => peer.emit("told", value));
  });
  return it;
}

/** It works as it did before, on whichever connection. */
async function works(socket) {
  if (!socket.connected) {
    const back = heard(socket, "connect");
    socket.connect();
    if (!socket.connected) await back;
  }
  assert.equal(await socket.timeout(5_000).emitWithAck("echo", "still here"), "still here");
}

/** A callback that makes the call once; `happened` waits for it, and sees that it threw nothing. */
function once(socket, call) {
  const thrown = [];
  let called = 0;
  const callback = () => {
    if (called++) return;
    try {
      call(socket());
    } catch (error) {
      thrown.push(error);
    }
  };
  const happened = async () => {
    await until(() => called);
    await turn();
    assert.deepEqual(thrown, []);
  };
  return { callback, happened };
}

const ENDS = { reconnectionDelay: 5, reconnectionDelayMax: 20 };

for (const [name, call] of Object.entries(CALLS)) {
  for (const [way, transports] of Object.entries(WAYS)) {
    test(`${name}, over ${way}: from a listener, an answer, and what listens to the engine`, async (t) => {
      const { socket } = await joined(await place(t), { ...transports, ...ENDS });
      const begins = [
        (back) => (socket.once("told", back), socket.emit("tell", 1)),
        (back) => socket.emit("echo", 1, back),
        (back) => (socket.io.engine.once("packet", back), socket.emit("tell", 1)),
        (back) => (socket.io.engine.once("packetCreate", back), socket.emit("tell", 1)),
        (back) => (socket.io.engine.once("drain", back), socket.emit("tell", 1)),
        (back) => (socket.once("disconnect", back), socket.io.engine.close()),
        (back) => (socket.io.once("reconnect_attempt", back), socket.io.engine.close()),
        (back) => (socket.once("connect", back), socket.disconnect().connect()),
      ];
      for (const begin of begins) {
        const it = once(() => socket, call);
        begin(it.callback);
        await it.happened();
        await works(socket);
      }
    });
  }

  test(`${name}: from an auth function`, async (t) => {
    let socket;
    const it = once(() => socket, call);
    const auth = (give) => (it.callback(), give({}));
    socket = join(await place(t), { ...ENDS, auth, autoConnect: false });
    socket.connect();
    await it.happened();
    await works(socket);
  });

  for (const type of [0, 1, 2]) {
    test(`${name}: from a parser that writes a packet of type ${type}`, async (t) => {
      let socket;
      const it = once(() => socket, call);
      class Calling extends Encoder {
        encode(packet) {
          if (packet.type === type) it.callback();
          return super.encode(packet);
        }
      }
      socket = join(await place(t), { ...ENDS, parser: { Encoder: Calling, Decoder }, autoConnect: false });
      const connected = heard(socket, "connect");
      socket.connect();
      if (type > 0) {
        await connected;
        socket.emit("tell", 1);
        socket.disconnect();
      }
      await it.happened();
      await works(socket);
    });
  }

  test(`${name}: from a parser that reads a packet`, async (t) => {
    let socket;
    const it = once(() => socket, call);
    class Calling extends Decoder {
      add(chunk) {
        if (`${chunk}`.includes("told")) it.callback();
        super.add(chunk);
      }
    }
    socket = (await joined(await place(t), { ...ENDS, parser: { Encoder, Decoder: Calling } })).socket;
    socket.emit("tell", 1);
    await it.happened();
    await works(socket);
  });

  for (const [kind, Transport] of Object.entries({ polling: Polling, websocket: Socketed })) {
    for (const method of ["doOpen", "uri"]) {
      test(`${name}: from ${method} of a ${kind} of the application's own`, async (t) => {
        let socket;
        const it = once(() => socket, call);
        class Calling extends Transport {
          [method](...args) {
            if (socket) it.callback();
            return super[method](...args);
          }
        }
        socket = join(await place(t), { ...ENDS, transportImplementations: [Calling], autoConnect: false });
        socket.connect();
        await it.happened();
        await works(socket);
      });
    }
  }
}
