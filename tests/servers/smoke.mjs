// Every scenario once, over polling, websocket and an upgrade, on every server.
//
//   node --test smoke.mjs                                              the servers of this folder
//   SMOKE_URL=http://127.0.0.1:3000 node --test smoke.mjs              another server with the same scenarios,
//   SMOKE_KIND=socketioxide …                                          and known differences of that kind taken into account

import { after, before, describe, it } from "node:test";
import { acks } from "./smoke/acks.mjs";
import { basics } from "./smoke/basics.mjs";
import { binary } from "./smoke/binary.mjs";
import { chat } from "./smoke/chat.mjs";
import { disconnects } from "./smoke/disconnects.mjs";
import { clients, MODES, startServer } from "./smoke/harness.mjs";
import { namespaces } from "./smoke/namespaces.mjs";
import { recovery } from "./smoke/recovery.mjs";
import { rooms } from "./smoke/rooms.mjs";
import { serverItself } from "./smoke/server.mjs";
import { traffic } from "./smoke/traffic.mjs";
import { web } from "./smoke/web.mjs";
import { VERSIONS } from "./versions.mjs";

const SCENARIOS = { basics, rooms, chat, acks, binary, traffic, disconnects, namespaces };
const { SMOKE_URL, SMOKE_KIND = "node" } = process.env;

if (SMOKE_URL) {
  suite(SMOKE_KIND, SMOKE_KIND, async () => ({ url: SMOKE_URL, stop: async () => {} }));
} else {
  for (const version of VERSIONS) suite(`socket.io ${version}`, "node", () => startServer("--version", version));
  describe("connection state recovery", () => recovery(it));
  describe("the server itself", () => serverItself(it));
}

function suite(name, kind, start) {
  describe(name, () => {
    let server;
    before(async () => {
      server = await start();
    });
    after(() => server?.stop());

    for (const mode of MODES) {
      describe(mode, () => {
        for (const scenarios of Object.values(SCENARIOS)) scenarios(test(mode), kind);
      });
    }
    describe("http", () => web(it, () => server.url));

    /** A test that gets its own clients and loses them at its end. */
    function test(mode) {
      return (title, body) =>
        it(title, async () => {
          const own = clients(server.url, mode);
          try {
            await body(own, mode);
          } finally {
            own.close();
          }
        });
    }
  });
}
